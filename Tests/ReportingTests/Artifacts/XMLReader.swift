import Foundation
import FoundationXML

/// Reads XML into a tree with the parser of the platform (libxml2), which refuses what is not well-formed.
final class XMLReader: NSObject, XMLParserDelegate {
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        var text = ""

        init(name: String, attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        /// This element and all below it.
        var all: [Element] { [self] + children.flatMap(\.all) }
    }

    struct NotWellFormed: Error, CustomStringConvertible {
        var description: String
    }

    private var open: [Element] = []
    private var root: Element?

    static func read(_ contents: [UInt8]) throws -> Element {
        let reader = XMLReader()
        let parser = XMLParser(data: Data(contents))
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw NotWellFormed(
                description: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "empty")"
            )
        }
        return root
    }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        let element = Element(name: elementName, attributes: attributeDict)
        open.last?.children.append(element)
        if open.isEmpty { root = element }
        open.append(element)
    }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName qName: String?
    ) { open.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }
}
