namespace Lightloom.Training.Choosing;

/// <summary>What a score rests on, each as a multiple of what was taken; 1 is unchanged.</summary>
internal sealed record Weights
{
    public double Price { get; init; } = 1;

    public double AssumedPrice { get; init; } = 1;

    public double NetworkPower { get; init; } = 1;

    public double OtherPower { get; init; } = 1;

    public double Tariff { get; init; } = 1;

    public double Years { get; init; } = 1;

    public double Compute { get; init; } = 1;

    public double Backend { get; init; } = 1;

    public double ScaleUp { get; init; } = 1;

    public double XpuFailures { get; init; } = 1;

    public double PartFailures { get; init; } = 1;

    public double Restart { get; init; } = 1;

    /// <summary>Every one of them by name, with a way to change it alone.</summary>
    public static IReadOnlyList<(string Name, Func<double, Weights> Times)> All { get; } =
    [
        ("all prices of switches and optics", f => new() { Price = f }),
        ("prices that the catalogue assumes", f => new() { AssumedPrice = f }),
        ("power of switches and optics", f => new() { NetworkPower = f }),
        ("power of nodes and other networks", f => new() { OtherPower = f }),
        ("price of electricity, or PUE", f => new() { Tariff = f }),
        ("years of operation", f => new() { Years = f }),
        ("time of computation (efficiency of the XPU and its software)", f => new() { Compute = f }),
        ("exposed communication over the backend (share of line rate, latency)", f => new() { Backend = f }),
        ("exposed communication in the scale-up domain", f => new() { ScaleUp = f }),
        ("failure rate of XPUs and nodes", f => new() { XpuFailures = f }),
        ("failure rates of the network's parts", f => new() { PartFailures = f }),
        ("time to restart", f => new() { Restart = f }),
    ];
}
