namespace Lightloom.Channels;

/// <summary>Where a way over panels runs: with which others it shares trunks, and which ports it has in the racks at its ends.</summary>
/// <param name="Group">The ways that share its trunks.</param>
/// <param name="Index">Its place among them.</param>
/// <param name="RackA">Its port in the A rack, where it goes on from there to a frame; else no port.</param>
/// <param name="RackZ">Its port in the Z rack, where it comes there from a frame; else no port.</param>
internal readonly record struct StrandPlace(StrandGroup Group, int Index, PortBlock RackA, PortBlock RackZ);
