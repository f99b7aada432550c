/// The numbers of DWARF that are used here.
///
/// Source: DWARF Debugging Information Format, version 4, section 7.5.4 (tags, attributes, forms), 7.7.1 (operations).
enum Tag: UInt64 {
    case arrayType = 0x01
    case enumerationType = 0x04
    case member = 0x0d
    case pointerType = 0x0f
    case compileUnit = 0x11
    case structureType = 0x13
    case subroutineType = 0x15
    case typedef = 0x16
    case unionType = 0x17
    case subrangeType = 0x21
    case baseType = 0x24
    case enumerator = 0x28
    case variable = 0x34
}

enum Attribute: UInt64 {
    case location = 0x02
    case name = 0x03
    case byteSize = 0x0b
    case bitSize = 0x0d
    case lowPC = 0x11
    case highPC = 0x12
    case language = 0x13
    case constValue = 0x1c
    case producer = 0x25
    case prototyped = 0x27
    case upperBound = 0x2f
    case dataMemberLocation = 0x38
    case declaration = 0x3c
    case encoding = 0x3e
    case external = 0x3f
    case type = 0x49
    case dataBitOffset = 0x6b
}

enum Form: UInt64 {
    case address = 0x01
    case signed = 0x0d
    case string = 0x0e
    case unsigned = 0x0f
    case reference = 0x13
    case expression = 0x18
    case present = 0x19
}

enum DwarfNumbers {
    static let version: UInt16 = 4
    static let addressOperation: UInt8 = 0x03
    static let languageC99: UInt64 = 0x0c
}
