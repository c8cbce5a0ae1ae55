namespace Lightloom.Spec;

/// <summary>The ids of what can be wrong with what a cluster file says. docs/diagnostics.md explains each.</summary>
internal static class SpecProblem
{
    public const string TooManyProblems = "LL2016";
    public const string Version = "LL2020";
    public const string BadName = "LL2021";
    public const string DuplicateName = "LL2022";
    public const string NodesAndXpus = "LL2023";
    public const string NeitherNodesNorXpus = "LL2024";
    public const string UnknownNode = "LL2025";
    public const string UnknownSwitch = "LL2026";
    public const string WrongSortOfPart = "LL2027";
    public const string XpusOutOfPlace = "LL2028";
    public const string PortsUnknown = "LL2029";
    public const string PlanesContradict = "LL2030";
    public const string TooManyNodes = "LL2031";
    public const string UnknownPlace = "LL2032";
    public const string FloorContradicts = "LL2033";
    public const string NoEffect = "LL2034";
    public const string RoundedUp = "LL2040";
    public const string UnknownPrice = "LL2041";
    public const string UnknownExclusion = "LL2042";
    public const string PlanesFilledIn = "LL2043";
    public const string NamesClash = "LL2044";
    public const string UnknownField = "LL2045";
    public const string OtherSystem = "LL2046";
    public const string UnknownNetwork = "LL2047";
    public const string IdleNetwork = "LL2048";
    public const string UnknownStock = "LL2049";
    public const string UnknownMedium = "LL2050";
}
