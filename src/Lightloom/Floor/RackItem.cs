using Lightloom.Hardware;

namespace Lightloom.Floor;

/// <summary>Something that fills units of a rack: a device, or a tray of a rack-scale node.</summary>
/// <param name="Device">The device.</param>
/// <param name="Tray">The tray of it, or null for a device that is one whole.</param>
/// <param name="Unit">Its lowest unit, from 1.</param>
/// <param name="Units">Units that it fills.</param>
public readonly record struct RackItem(int Device, Tray? Tray, int Unit, int Units);
