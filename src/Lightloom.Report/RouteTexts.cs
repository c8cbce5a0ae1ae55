using Lightloom.Design;

namespace Lightloom.Report;

/// <summary>
/// The way that cables take between two racks, as text, kept by pair of racks: all cables between two racks take the same way.
/// </summary>
internal sealed class RouteTexts(ClusterDesign design)
{
    private const int MostKept = 1 << 18;
    private readonly Dictionary<long, byte[]> _kept = [];
    private long _last = -1;
    private byte[] _lastText = [];

    /// <summary>The way from one rack to another as a field of a comma-separated file.</summary>
    public byte[] Between(int a, int z)
    {
        long pair = (long)a << 32 | (uint)z;
        if (pair == _last)
        {
            return _lastText;
        }

        if (!_kept.TryGetValue(pair, out byte[]? text))
        {
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[pair] = text = Csv.FieldBytes(design.Router.RouteText(a, z));
        }

        _last = pair;
        return _lastText = text;
    }
}
