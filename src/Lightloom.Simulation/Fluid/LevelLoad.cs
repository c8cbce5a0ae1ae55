namespace Lightloom.Simulation.Fluid;

/// <summary>The fullest links of one level in one step.</summary>
/// <param name="ByteTime">Picoseconds a byte of a flow takes if these links bind; 0 where none is used.</param>
/// <param name="Flows">Flows that each of them carries, in wholes of a flow's rate.</param>
/// <param name="Links">Directed links of the level that are used.</param>
/// <param name="Beside">Links that flows of one group choose from: none can get more than all of them together.</param>
/// <param name="Ways">Links that one switch chooses from.</param>
internal readonly record struct LevelLoad(double ByteTime, double Flows, double Links, double Beside, double Ways)
{
    /// <summary>The fuller of the two, out of the links of both.</summary>
    public LevelLoad With(LevelLoad other) => (other.ByteTime > ByteTime ? other : this) with { Links = Links + other.Links };
}
