namespace Lightloom.Spec;

/// <summary>The out-of-band management network: every node's BMC and every switch's management port.</summary>
public sealed record OobSpec : FabricSpec
{
    /// <summary>True unless the file says <c>oob: {enabled: false}</c>.</summary>
    [Key("enabled", "false: no management network is designed.")]
    public bool Enabled { get; init; } = true;
}
