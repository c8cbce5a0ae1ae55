using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Switching;

/// <summary>Where hosts are attached: their cards, the ports of each, and the leaves behind them while links are dead.</summary>
internal sealed unsafe partial class World
{
    /// <summary>
    /// Of a host's several attachments to a plane the one that a packet goes to: its connection's card at that end, or while that is dead
    /// another, for all packets of the connection the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Attachment* AttachmentOf(Attachment* several, Packet* packet, int at)
    {
        Attachment* own = OfCard(several, packet);
        if (Reach is null || Reach.Joins(at, own->Leaf))
        {
            return own;
        }
        // The leaf of that card is cut off from here: the next card after it whose leaf is not.
        Attachment* all = MoreAttachments.Pointer + several->Next;
        for (int i = 1, first = (int)(own - all); i < several->Count; i++)
        {
            Attachment* other = all + (first + i) % several->Count;
            if (Reach.Joins(at, other->Leaf))
            {
                return other;
            }
        }
        return own;
    }

    private Attachment* OfCard(Attachment* several, Packet* packet)
    {
        bool forwards = packet->Destination == FlowDestination.Pointer[packet->Flow];
        int card = forwards ? Connections.DestinationCard(packet->Flow) : Connections.SourceCard(packet->Flow);
        Attachment* all = MoreAttachments.Pointer + several->Next;
        // In the order of cards, with gaps where some are dead.
        for (int i = Math.Min(card, several->Count - 1); i >= 0 && all[i].Next >= card; i--)
        {
            if (all[i].Next == card)
            {
                return all + i;
            }
        }
        return all + Hash.Below(Hash.Mix32((uint)packet->Flow + 0x51ed270b), several->Count);
    }

    private void SortPorts(int[][] hostLinks)
    {
        int next = 0;
        for (int h = 0; h < HostCount; h++)
        {
            for (int plane = 0; plane < PlaneCount; plane++)
            {
                FirstOfPlane[h * PlaneCount + plane] = next;
                for (int i = 0; i < hostLinks[h].Length; i++)
                {
                    if (Network.Switches[Network.Links[hostLinks[h][i]].Z.Index].Plane == plane)
                    {
                        PortsByCard[next++] = HostPorts[h] + i;
                    }
                }
            }
        }
        FirstOfPlane[^1] = next;
    }

    private byte[] Cards(int[][] hostLinks)
    {
        var cards = new byte[HostPorts[HostCount]];
        var seen = new int[PlaneCount];
        for (int h = 0; h < HostCount; h++)
        {
            Array.Clear(seen);
            for (int i = 0; i < hostLinks[h].Length; i++)
            {
                cards[HostPorts[h] + i] = (byte)seen[Network.Switches[Network.Links[hostLinks[h][i]].Z.Index].Plane]++;
            }
        }
        return cards;
    }

    /// <summary>Finds each host's living attachments on each plane, and adds the view of them that hosts will come to have.</summary>
    public void WriteAttachments(int[][] hostLinks, bool[]? dead)
    {
        var view = new ulong[HostCount];
        PlaneViews.Add(view);
        Reach = dead is null || !Connections.Tied || !dead.Contains(true) ? null : LeafReach.Of(Network, dead);
        for (int h = 0; h < HostCount; h++)
        {
            int at = HostPorts[h];
            for (int plane = 0; plane < PlaneCount; plane++)
            {
                var first = new Attachment { Next = at };
                int card = -1;
                foreach (int link in hostLinks[h])
                {
                    int leaf = Network.Links[link].Z.Index;
                    if (Network.Switches[leaf].Plane != plane)
                    {
                        continue;
                    }
                    card++;
                    if (dead is null || !dead[link])
                    {
                        MoreAttachments[at++] = new Attachment
                        {
                            Leaf = leaf,
                            Port = DownPort[link],
                            Count = 1,
                            Next = card,
                        };
                        if (first.Count++ == 0)
                        {
                            first.Leaf = leaf;
                            first.Port = DownPort[link];
                        }
                    }
                }
                Attachments[h * PlaneCount + plane] = first;
                view[h] |= first.Count > 0 ? 1UL << plane : 0;
            }
        }
    }
}
