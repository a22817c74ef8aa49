/// The noise floor of each kind of quantity, learnt over all endpoints of a comparison.
struct NoiseFloors {
    var location: NoiseFloor
    var tail: NoiseFloor
    var mean: NoiseFloor
    var path: NoiseFloor

    init(settings: ComparisonSettings) {
        location = NoiseFloor(settings: settings)
        tail = NoiseFloor(settings: settings)
        mean = NoiseFloor(settings: settings)
        path = NoiseFloor(settings: settings)
    }
}
