namespace Lightloom.Verify.Reading;

/// <summary>A port opening: a device, the network that it is used on, the name of the port.</summary>
internal readonly record struct CageKey(int Device, int Fabric, int Port);
