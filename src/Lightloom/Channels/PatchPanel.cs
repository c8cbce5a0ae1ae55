using Lightloom.Hardware;
using Lightloom.Routing;

namespace Lightloom.Channels;

/// <summary>A panel of one rack unit or more in a frame: adapters, or cassettes that lead the plugs of trunks to LC sockets.</summary>
public sealed record PatchPanel
{
    /// <summary>Its name, which is that of a device in pieces.csv: <c>panel-A-E1-03</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the frame stands.</summary>
    public required FramePlace Frame { get; init; }

    /// <summary>Name of the frame's bay, which stands for a rack: <c>A-E1</c>, the second <c>A-E1-2</c>.</summary>
    public required string Bay { get; init; }

    /// <summary>Its unit in the bay, from 1.</summary>
    public required int Unit { get; init; }

    /// <summary>The part's id: the catalogue's, or the key of the price book where the catalogue has none.</summary>
    public required string Id { get; init; }

    /// <summary>The catalogue's entry, or null.</summary>
    public PassiveModel? Part { get; init; }

    /// <summary>Rack units that it fills.</summary>
    public int Units => Math.Max(1, Part?.RackUnits?.Value ?? 1);

    /// <summary>Ports at its front.</summary>
    public required int Ports { get; init; }

    /// <summary>Ports at its front that are taken.</summary>
    public required int UsedPorts { get; init; }

    /// <summary>True where its sockets are those of cassettes.</summary>
    public required bool HasCassettes { get; init; }
}
