import HTTPTypes
import Hummingbird
import NIOCore

/// `/assets/…`: style and scripts of the Studio, for everybody, because the login page needs them.
struct AssetRoutes: RouteSet {
    private static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22"><rect width="22" height="22" rx="5" fill="#0550ae"/>\
        <g fill="none" stroke="#fff" stroke-width="2"><circle cx="11" cy="11" r="5.5"/><path d="M2 11h18"/></g></svg>
        """

    func add(to router: Router<WebContext>) {
        for asset in StudioAssets.all {
            router.get(RouterPath(asset.path)) { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.contents))
                )
            }
        }
        router.get("favicon.ico") { request, _ in
            Answer.text(AssetRoutes.icon, type: "image/svg+xml", for: request)
        }
    }
}
