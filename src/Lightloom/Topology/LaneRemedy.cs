namespace Lightloom.Topology;

/// <summary>What a catalogue entry would have to say for a switch's cages to meet slower lanes.</summary>
/// <param name="Words">The key and its value, as a sentence without its full stop.</param>
/// <param name="Use">How a cage would then be used.</param>
internal sealed record LaneRemedy(string Words, CageUse Use);
