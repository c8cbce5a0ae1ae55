namespace Lightloom.Traces.Chakra;

/// <summary>Numbers of the fields that are read.</summary>
internal static class ChakraField
{
    public const int NodeId = 1;
    public const int NodeName = 2;
    public const int NodeType = 3;
    public const int ControlDependencies = 4;
    public const int DataDependencies = 5;
    public const int DurationMicroseconds = 7;
    public const int Attribute = 10;
    public const int AttributeName = 1;

    /// <summary>Single values of an attribute by kind; a list has the next number.</summary>
    public const int Double = 3;
    public const int Float = 5;
    public const int Int32 = 7;
    public const int Int64 = 9;
    public const int UInt32 = 11;
    public const int UInt64 = 13;
    public const int SInt32 = 15;
    public const int SInt64 = 17;
    public const int Fixed32 = 19;
    public const int Fixed64 = 21;
    public const int SFixed32 = 23;
    public const int SFixed64 = 25;
    public const int Bool = 27;
    public const int Text = 29;
}
