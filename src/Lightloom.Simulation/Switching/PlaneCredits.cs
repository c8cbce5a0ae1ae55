using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Rate credit by plane and destination. Spectrum-X's own rule is not published; this one is DCTCP's, in rates: once a round trip the rate
/// falls by half the smoothed share of marked packets, or rises by one packet a round trip when there was none.
/// </summary>
internal sealed unsafe class PlaneCredits
{
    private struct Account
    {
        /// <summary>When the credit spent so far will have been earned.</summary>
        public long PaidUntil;
        public long NextUpdate;
        public long WakeAt;

        /// <summary>Picoseconds a byte takes at the present rate.</summary>
        public double ByteTime;
        public double MarkedShare;
        public int Heard;
        public int Bad;
        public int Lost;
    }

    /// <summary>Credit that may be saved up, in packets.</summary>
    private const int Burst = 4;

    /// <summary>DCTCP's weight of the newest sample.</summary>
    private const double Weight = 1.0 / 16;

    /// <summary>The marked share once so many of the packets last heard of were marked or lost (DCTCP's alpha).</summary>
    internal static double Smoothed(double share, int bad, int heard) => (1 - Weight) * share + Weight * bad / heard;

    /// <summary>The slowest that a plane may become, as a share of its port's rate.</summary>
    private const double Slowest = 1.0 / 256;

    private readonly World _world;
    private readonly int[] _pairOf;
    private readonly Account* _accounts;
    private readonly int _planes;
    private readonly int _mtu;
    private readonly long _roundTrip;

    public PlaneCredits(World world, BlockPool pool)
    {
        _world = world;
        _planes = world.PlaneCount;
        _mtu = world.Parameters.Mtu;
        _roundTrip = world.Parameters.RoundTrip;
        _pairOf = new int[world.FlowCount];
        var pairs = new Dictionary<(int, int, int), int>();
        for (int f = 0; f < world.FlowCount; f++)
        {
            int card = world.Connections.Tied ? world.Connections.SourceCard(f) : 0;
            (int, int, int) key = (world.FlowSource[f], world.FlowDestination[f], card);
            if (!pairs.TryGetValue(key, out int pair))
            {
                pair = pairs.Count;
                pairs.Add(key, pair);
            }
            _pairOf[f] = pair;
        }
        _accounts = (Account*)pool.TakeZeroed((long)pairs.Count * _planes * sizeof(Account));
    }

    private Account* Of(int flow, int plane, PortState* port)
    {
        Account* account = Of(flow, plane);
        if (account->ByteTime == 0)
        {
            account->ByteTime = LineTime(port);
        }
        return account;
    }

    private Account* Of(int flow, int plane) => _accounts + (long)_pairOf[flow] * _planes + plane;

    private double LineTime(PortState* port) => _world.Classes[port->Class].ByteTime / 65536.0;

    /// <summary>Whether a plane has credit for a packet now; if not, the port will be looked at when it has.</summary>
    public bool May(int flow, int plane, PortState* port, long now, Partition partition)
    {
        Account* account = Of(flow, plane, port);
        long from = account->PaidUntil - (long)(Burst * _mtu * account->ByteTime);
        if (from <= now)
        {
            return true;
        }
        if (account->WakeAt <= partition.Now)
        {
            account->WakeAt = Math.Max(from, partition.Now + 1);
            partition.Calendar.Insert(account->WakeAt, _world.ServiceEvents + (uint)(port - partition.Ports));
        }
        return false;
    }

    /// <summary>A packet has gone.</summary>
    public void Spend(int flow, int plane, PortState* port, int size, long now)
    {
        Account* account = Of(flow, plane, port);
        account->PaidUntil = Math.Max(account->PaidUntil, now) + (long)(size * account->ByteTime);
    }

    /// <summary>A packet that took a plane has been heard of, or not.</summary>
    public void Learn(int flow, int plane, PathFeedback feedback, long now)
    {
        Account* account = Of(flow, plane);
        account->Heard++;
        account->Bad += feedback is PathFeedback.Marked or PathFeedback.Trimmed ? 1 : 0;
        account->Lost += feedback == PathFeedback.Timeout ? 1 : 0;
        if (now < account->NextUpdate || account->ByteTime == 0)
        {
            return;
        }
        account->NextUpdate = now + _roundTrip;
        account->MarkedShare = Smoothed(account->MarkedShare, account->Bad, account->Heard);
        double line = 8e12 / _world.Parameters.HostBitsPerSecond;
        double rate = 1 / account->ByteTime;
        rate =
            account->Lost > 0 ? rate / 2
            : account->Bad > 0 ? rate * (1 - account->MarkedShare / 2)
            : rate + (double)_mtu / _roundTrip;
        account->ByteTime = 1 / Math.Clamp(rate, Slowest / line, 1 / line);
        account->Heard = account->Bad = account->Lost = 0;
    }
}
