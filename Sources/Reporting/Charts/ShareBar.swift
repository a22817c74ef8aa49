/// A bar that shows a share, beside the same number in text.
enum ShareBar {
    static func svg(_ share: Double, width: Int) -> String {
        let part = share.isFinite ? min(1, max(0, share)) : 0
        var writer = MarkupWriter()
        writer.element("svg", ["class": "bar", "width": String(width), "height": "8", "aria-hidden": "true"]) { bar in
            bar.element("rect", ["class": "rail", "width": "100%", "height": "8", "rx": "2"])
            bar.element("rect", ["class": "part", "width": ChartScale.percent(part), "height": "8", "rx": "2"])
        }
        return writer.text
    }
}
