using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>
/// Counts the logical ports that a switch's cages use up against what its ASIC can run, in all and in each group of neighbouring cages.
/// </summary>
internal sealed class PortBudget(SwitchModel model)
{
    private readonly Dictionary<int, int> _groups = [];
    private int _used;

    /// <summary>Takes <paramref name="ways"/> logical ports for a cage; false, and nothing taken, when a limit would be passed.</summary>
    public bool TryTake(int cage, int ways)
    {
        if (model.MaxLogicalPorts?.Value is { } max && _used + ways > max)
        {
            return false;
        }

        if (model is { CagesPerPortGroup.Value: > 0 and var cages, MaxLogicalPortsPerGroup.Value: > 0 and var limit })
        {
            int group = (cage - 1) / cages;
            int inGroup = _groups.GetValueOrDefault(group);
            if (inGroup + ways > limit)
            {
                return false;
            }

            _groups[group] = inGroup + ways;
        }

        _used += ways;
        return true;
    }
}
