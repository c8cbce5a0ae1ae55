namespace Lightloom.Cabling;

/// <summary>Names of optical connectors as the catalogue writes them: <c>MPO-12/APC</c>, <c>duplex LC</c>.</summary>
internal static class FibreConnector
{
    /// <summary>
    /// True when a plug fits a socket: same connector, same polish. A module whose polish nobody published takes the plug whatever its polish.
    /// </summary>
    public static bool Mates(string? plug, string? socket) =>
        plug == socket
        || (
            plug is not null
            && socket is not null
            && (!plug.Contains('/') || !socket.Contains('/'))
            && plug.Split('/')[0] == socket.Split('/')[0]
        );

    /// <summary>True for LC.</summary>
    public static bool IsLc(string? connector) => connector?.Contains("LC", StringComparison.Ordinal) == true;
}
