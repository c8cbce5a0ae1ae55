using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>Reads faults as users write them: <c>link:7@20,switch:spine-3@50-80,plane:1@10,port:4.0@5=0.25</c>.</summary>
public static class FaultList
{
    /// <summary>
    /// Reads a list. Each item is a kind and what it names, then <c>@US</c>, the microsecond it fails (0 when left out), <c>-US</c> when it
    /// comes back, and <c>=FRACTION</c> of its rate when it only degrades.
    /// </summary>
    /// <exception cref="RefusedException">An item cannot be read or names nothing in the network.</exception>
    public static IReadOnlyList<Fault> Parse(string? text, NetworkDescription network)
    {
        var faults = new List<Fault>();
        foreach (string item in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string rest = item;
            double fraction = 0;
            double from = 0,
                until = -1;
            int equals = rest.LastIndexOf('=');
            bool good = equals < 0 || (Number(rest[(equals + 1)..], out fraction) && fraction <= 1);
            rest = equals < 0 ? rest : rest[..equals];
            int at = rest.LastIndexOf('@');
            if (at >= 0)
            {
                string[] times = rest[(at + 1)..].Split('-');
                good &=
                    times.Length <= 2 && Number(times[0], out from) && (times.Length == 1 || (Number(times[1], out until) && until > from));
                rest = rest[..at];
            }
            int colon = rest.IndexOf(':');
            IReadOnlyList<int>? links = good && colon > 0 ? Links(network, rest[..colon], rest[(colon + 1)..]) : null;
            if (links is null || links.Count == 0)
            {
                throw new RefusedException(
                    $"'{item}' is no fault of this network; write link:N, switch:NAME, plane:N or port:HOST.N, "
                        + "then @US or @US-US, then =FRACTION if it only degrades"
                );
            }
            faults.Add(new Fault(SimTime.FromMicroseconds(from), links, fraction));
            if (until >= 0)
            {
                faults.Add(new Fault(SimTime.FromMicroseconds(until), links, 1));
            }
        }
        faults.Sort((a, b) => a.Time.CompareTo(b.Time));
        return faults;
    }

    private static IReadOnlyList<int>? Links(NetworkDescription network, string kind, string name)
    {
        bool numbered = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        switch (kind)
        {
            case "link" when numbered && number < network.Links.Count:
                return [number];
            case "plane" when numbered && number < network.PlaneCount:
                return Fault.OfPlane(network, number, SimTime.Zero).Links;
            case "switch":
                for (int s = 0; s < network.Switches.Count; s++)
                {
                    if (network.Switches[s].Name == name || (numbered && s == number))
                    {
                        return Fault.OfSwitch(network, s, SimTime.Zero).Links;
                    }
                }
                return null;
            case "port"
                when name.Split('.') is [var host, var port]
                    && int.TryParse(host, NumberStyles.None, CultureInfo.InvariantCulture, out int h)
                    && h < network.HostCount
                    && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int p)
                    && p < network.HostLinks()[h].Length:
                return [network.HostLinks()[h][p]];
            default:
                return null;
        }
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value >= 0 && value < 1e12;
}
