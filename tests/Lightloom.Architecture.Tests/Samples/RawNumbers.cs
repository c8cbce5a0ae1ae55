namespace Lightloom.Architecture.Tests.Samples;

#pragma warning disable CA1051, CA1822
/// <summary>Quantities that are numbers, once in each place where one can stand.</summary>
public sealed class RawNumbers
{
    public readonly long FieldBytes;

    public int PropertyPicoseconds { get; init; }

    public IReadOnlyList<double> ListMeters { get; init; } = [];

    public double? MethodGbps() => null;

    public void Parameter(long bitsPerSecond) => _ = bitsPerSecond;
}
