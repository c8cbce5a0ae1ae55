namespace Lightloom.Bill;

/// <summary>A part of the links of a tier that are about as long.</summary>
/// <param name="Millimetres">Their length; where they pass panels, that of their pieces together.</param>
/// <param name="Panels">Patch panels (mated pairs) on the way.</param>
/// <param name="CordA">Where they pass panels: millimetres from the A port to the first.</param>
/// <param name="CordZ">Where they pass panels: millimetres from the last to the Z port.</param>
/// <param name="Share">Their share of the tier's links, 0 to 1.</param>
internal readonly record struct LengthShare(int Millimetres, int Panels, int CordA, int CordZ, double Share);
