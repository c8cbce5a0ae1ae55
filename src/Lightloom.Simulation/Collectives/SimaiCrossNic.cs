namespace Lightloom.Simulation.Collectives;

/// <summary>Whether SimAI lets the rings of a node leave it by another GPU's NIC.</summary>
public enum SimaiCrossNic
{
    /// <summary>Where the NICs of a node are faster together than its scale-up link.</summary>
    Auto,

    /// <summary>Never.</summary>
    No,

    /// <summary>Always.</summary>
    Yes,
}
