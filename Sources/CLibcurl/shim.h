#ifndef CLIBCURL_SHIM_H
#define CLIBCURL_SHIM_H

#include <curl/curl.h>
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call:
// one wrapper per argument type.

static inline CURLcode clibcurl_easy_setopt_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

// curl_off_t is 64 bits wide even where long is not, so it needs its own wrapper.
static inline CURLcode clibcurl_easy_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode clibcurl_easy_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode clibcurl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

// Lists are passed as their own type so that the compiler checks them.
static inline CURLcode clibcurl_easy_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*clibcurl_data_callback)(char *data, size_t size, size_t count, void *context);

// Serves both CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION: they share one signature.
static inline CURLcode clibcurl_easy_setopt_data_callback(CURL *handle, CURLoption option, clibcurl_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode clibcurl_easy_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode clibcurl_easy_getinfo_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode clibcurl_easy_getinfo_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode clibcurl_easy_getinfo_string(CURL *handle, CURLINFO info, const char **value) {
    return curl_easy_getinfo(handle, info, (char **)value);
}

static inline CURLcode clibcurl_easy_getinfo_list(CURL *handle, CURLINFO info, struct curl_slist **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode clibcurl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode clibcurl_multi_setopt_pointer(CURLM *multi, CURLMoption option, void *value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode clibcurl_multi_setopt_socket_callback(CURLM *multi, curl_socket_callback value) {
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, value);
}

static inline CURLMcode clibcurl_multi_setopt_timer_callback(CURLM *multi, curl_multi_timer_callback value) {
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, value);
}

static inline CURLcode clibcurl_easy_setopt_opensocket_callback(CURL *handle, curl_opensocket_callback value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode clibcurl_easy_setopt_closesocket_callback(CURL *handle, curl_closesocket_callback value) {
    return curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, value);
}

// Swift's Glibc module has neither epoll nor eventfd, and prctl is variadic. The packed epoll_event with its union
// stays on this side.

static inline int clibcurl_epoll_control(int poll, int operation, int descriptor, uint32_t events, uint64_t tag) {
    struct epoll_event event = {.events = events, .data = {.u64 = tag}};
    return epoll_ctl(poll, operation, descriptor, &event);
}

// A negative timeout waits for an event. Sub-millisecond timeouts are why this is not epoll_wait.
static inline int clibcurl_epoll_wait(int poll, struct epoll_event *events, int capacity, int64_t nanoseconds) {
    if (nanoseconds == 0) return epoll_wait(poll, events, capacity, 0);
    struct timespec timeout = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return epoll_pwait2(poll, events, capacity, nanoseconds < 0 ? NULL : &timeout, NULL);
}

static inline uint64_t clibcurl_epoll_tag(const struct epoll_event *event) { return event->data.u64; }

static inline uint32_t clibcurl_epoll_events(const struct epoll_event *event) { return event->events; }

// Asks the kernel to note when each packet came in, which it begins to do a few milliseconds after the first socket asks.
static inline int clibcurl_stamp_arrivals(int socket) {
    int one = 1;
    return setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
}

// Like recv; `arrival` becomes the Unix nanoseconds at which the last of the bytes came in, 0 where nobody noted it.
// The control messages' macros are why this is not Swift.
static inline ssize_t clibcurl_receive(int socket, void *buffer, size_t count, int64_t *arrival) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(struct timespec))];
    } control;
    struct iovec part = {.iov_base = buffer, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t received = recvmsg(socket, &message, 0);
    *arrival = 0;
    if (received <= 0) return received;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_TIMESTAMPNS) continue;
        struct timespec time;
        memcpy(&time, CMSG_DATA(header), sizeof time);
        *arrival = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    }
    return received;
}

// Sleeps until an instant of CLOCK_MONOTONIC, or until a signal comes.
static inline void clibcurl_sleep_until(uint64_t nanoseconds) {
    struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

// Names the calling thread; the system shows 15 bytes.
static inline int clibcurl_set_thread_name(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

// The kernel rounds waits of a thread up by its timer slack, 50 microseconds unless told otherwise.
static inline int clibcurl_set_timer_slack(unsigned long nanoseconds) {
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0);
}

/* Linux keeps a nice value for each thread; 0 names the calling one. */
static inline int clibcurl_set_thread_nice(int nice) {
    return setpriority(PRIO_PROCESS, 0, nice);
}

#endif
