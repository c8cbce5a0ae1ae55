using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>Finds devices by name.</summary>
internal sealed class DeviceNames(Network network)
{
    private readonly Lazy<Dictionary<string, int>> _given = new(() => Given(network));

    /// <summary>The device of that name, or that has a tray of it; -1 for none.</summary>
    public int Find(string name)
    {
        foreach (DeviceGroup group in network.Groups)
        {
            if (
                group.Given is null
                && name.StartsWith(group.NamePrefix, StringComparison.Ordinal)
                && name.Length > group.NamePrefix.Length + 1
                && name[group.NamePrefix.Length] == '-'
            )
            {
                ReadOnlySpan<char> digits = name.AsSpan(group.NamePrefix.Length + 1);
                int end = digits.IndexOfAnyExceptInRange('0', '9');
                digits = end < 0 ? digits : digits[..end];
                if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    int device = group.First + number - group.FirstNumber;
                    if (device >= group.First && device < group.First + group.Count && IsNameOf(group, device, name))
                    {
                        return device;
                    }
                }
            }
        }

        return _given.Value.GetValueOrDefault(name, -1);
    }

    private static bool IsNameOf(DeviceGroup group, int device, string name) =>
        group.NameOf(device) == name || (group.Trays is { } trays && trays.All.Any(t => group.NameOf(device, t) == name));

    // Names that the file's patterns gave follow no rule that could be read backwards.
    private static Dictionary<string, int> Given(Network network)
    {
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        foreach (DeviceGroup group in network.Groups.Where(g => g.Given is not null || g.GivenTrays is not null))
        {
            for (int device = group.First; device < group.First + group.Count; device++)
            {
                names.TryAdd(group.NameOf(device), device);
                foreach (Tray tray in group.Trays?.All ?? [])
                {
                    names.TryAdd(group.NameOf(device, tray), device);
                }
            }
        }

        return names;
    }
}
