namespace Lightloom.Cabling;

/// <summary>Names of optical connectors as the catalogue writes them: <c>MPO-12/APC</c>, <c>duplex LC</c>.</summary>
internal static class FibreConnector
{
    /// <summary>
    /// True when a plug fits a socket: same connector, same polish. Both are named in full; what an entry leaves open is assumed when the
    /// catalogue is read.
    /// </summary>
    public static bool Mates(string? plug, string? socket) => plug is not null && plug == socket;

    /// <summary>True for LC.</summary>
    public static bool IsLc(string? connector) => connector?.Contains("LC", StringComparison.Ordinal) == true;
}
