import Hummingbird

/// The description of the API itself.
struct DescriptionAPI: APIRoutes {
    var routes: [APIRoute] {
        [
            .get("/openapi.yaml") { request, _ in
                Answer.text(OpenAPIText.yaml, type: "application/yaml", for: request)
            }
        ]
    }
}
