namespace Lightloom.Verify.Reading;

/// <summary>One plug of a piece.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Device">Number of the device or panel among the folder's devices.</param>
/// <param name="Port">Number of the port's name; -1 where the field is empty.</param>
/// <param name="Socket">Optical socket of the module or panel port, from 0; -1 where the end is no optical socket.</param>
internal readonly record struct PieceEnd(Place Place, int Device, int Port, int Socket);
