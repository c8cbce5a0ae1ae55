using Lightloom.Floor;

namespace Lightloom.Report;

/// <summary>The words by which results name what a rack holds.</summary>
internal static class RackWords
{
    /// <summary><c>nodes</c>, <c>network</c> ...</summary>
    public static string Of(RackUse use) =>
        use switch
        {
            RackUse.KeepOut => "keep-out",
            RackUse.RackScale => "rack-scale",
            _ => use.ToString().ToLowerInvariant(),
        };
}
