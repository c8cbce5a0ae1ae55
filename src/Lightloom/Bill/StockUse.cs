namespace Lightloom.Bill;

/// <summary>What became of one entry of the stock.</summary>
/// <param name="Id">Its key in the file: a catalogue id, or an order code.</param>
/// <param name="Has">How many there are.</param>
/// <param name="UsedPorts">Ports of each that are in use already.</param>
/// <param name="Used">How many the design takes into use.</param>
/// <param name="Spares">How many of those left over are its spares.</param>
/// <param name="Forms">By order code how many are taken into use, in the order in which they are: one id may stand for several.</param>
public sealed record StockUse(
    string Id,
    int Has,
    int UsedPorts,
    long Used,
    long Spares,
    IReadOnlyList<(string OrderCode, long Count)> Forms
);
