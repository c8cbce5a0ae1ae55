namespace Lightloom.Verify.Reading;

/// <summary>One end of a link.</summary>
/// <param name="Place">Number of the place among <see cref="CableTable.Places"/>.</param>
/// <param name="Device">Number of the device among the folder's devices.</param>
/// <param name="Cage">Number of the cage: one device, network and port name.</param>
/// <param name="Lane">Breakout leg in the cage, from 0.</param>
internal readonly record struct CableEnd(int Place, int Device, int Cage, int Lane);
