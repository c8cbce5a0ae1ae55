namespace Lightloom.Report.Drawing;

/// <summary>A plug or a panel port, in words.</summary>
/// <param name="Place">Rack and unit.</param>
/// <param name="Name">Device, port, socket, and the module in it.</param>
internal sealed record DrawnStop(string Place, string Name);
