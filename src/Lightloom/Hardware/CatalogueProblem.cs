namespace Lightloom.Hardware;

/// <summary>The ids of what can be wrong with a catalogue file or with a user's additions. docs/catalogue.md explains each.</summary>
internal static class CatalogueProblem
{
    public const string NoSource = "LL1001";
    public const string UnknownKey = "LL1002";
    public const string WrongType = "LL1003";
    public const string UnknownSource = "LL1004";
    public const string Missing = "LL1005";
    public const string GivenAndAssumed = "LL1006";
    public const string Twice = "LL1007";
    public const string Replaces = "LL1008";
    public const string Inconsistent = "LL1009";
    public const string PriceOfNothing = "LL1010";
    public const string Unreadable = "LL1011";
    public const string UnknownReference = "LL1012";
}
