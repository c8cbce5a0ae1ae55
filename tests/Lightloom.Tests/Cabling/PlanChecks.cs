using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Tests.Cabling;

/// <summary>What must hold of every cable plan, however it came about.</summary>
internal static class PlanChecks
{
    public static void Hold(Network network, CablePlan plan)
    {
        EveryCableIsUsedAndLongEnough(network, plan);
        EveryCageHoldsOneModule(network, plan);
        ChoicesAddUp(network, plan);
    }

    private static void EveryCableIsUsedAndLongEnough(Network network, CablePlan plan)
    {
        int[] legs = new int[plan.Cables.Length];
        int[] longest = new int[plan.Cables.Length];
        plan.CableOfLink.Count.ShouldBe(network.LinkClasses.Count);
        foreach (LinkClass c in network.LinkClasses)
        {
            ImmutableArray<int> cableOf = plan.CableOfLink[c.Index];
            cableOf.Length.ShouldBe(c.Links.Length);
            for (int i = 0; i < cableOf.Length; i++)
            {
                legs[cableOf[i]]++;
                longest[cableOf[i]] = Math.Max(longest[cableOf[i]], plan.LengthOfLink[c.Index][i]);
            }
        }

        for (int i = 0; i < plan.Cables.Length; i++)
        {
            Cable cable = plan.Cables[i];
            legs[i].ShouldBeGreaterThan(0);
            cable.LengthMillimetres.ShouldBe(longest[i]);
            if (cable.Product < 0)
            {
                continue;
            }

            LinkProduct product = plan.Products[cable.Product];
            legs[i].ShouldBeLessThanOrEqualTo(product.LegsPerCable, product.Id);
            cable.OrderLengthMillimetres.ShouldBeGreaterThanOrEqualTo(cable.LengthMillimetres);
            if (plan.PanelsOf(i) > 0 && product.IsShared && plan.Diagnostics.Any(d => d.Id == "LL6902"))
            {
                // Refused: a harness whose legs part, some over panels, is too long.
                continue;
            }

            ((long)cable.OrderLengthMillimetres).ShouldBeLessThanOrEqualTo(product.Reach.Millimetres);
            product.Reach.ShouldBeLessThanOrEqualTo(product.RatedReach);
            if (plan.LossDb(i) is { } loss && product.LossBudgetDb is { } budget)
            {
                loss.ShouldBeLessThanOrEqualTo(budget + 1e-9);
            }
        }
    }

    private static void EveryCageHoldsOneModule(Network network, CablePlan plan)
    {
        Dictionary<(FabricRole, int, int), InterconnectModel> plugged = [];
        Dictionary<(FabricRole, int, int), HashSet<int>> cables = [];
        foreach (LinkClass c in network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                int cable = plan.CableOfLink[c.Index][i];
                if (plan.Cables[cable].Product < 0)
                {
                    continue;
                }

                LinkProduct product = plan.Products[plan.Cables[cable].Product];
                Link link = c.Links[i];
                Plug(link.A, link.ACage, product.A, cable);
                Plug(link.Z, link.ZCage, product.Z, cable);
            }

            void Plug(int device, int cage, InterconnectModel model, int cable)
            {
                (FabricRole, int, int) key = (c.Fabric, device, cage);
                if (plugged.TryGetValue(key, out InterconnectModel? before))
                {
                    before.Id.ShouldBe(model.Id, $"device {device} cage {cage} of {c.Fabric} {c.TierWord}");
                }

                plugged[key] = model;
                (cables.TryGetValue(key, out HashSet<int>? set) ? set : cables[key] = []).Add(cable);
            }
        }

        foreach (((FabricRole, int, int) key, InterconnectModel model) in plugged)
        {
            if (model.IsAssembly)
            {
                cables[key].Count.ShouldBe(1, $"an assembly fills cage {key}");
            }
        }

        if (plan.Cables.All(c => c.Product >= 0))
        {
            plan.CagesInUse.ShouldBe(plugged.Count);
            plan.Transceivers.ShouldBe(plugged.Values.Count(m => !m.IsAssembly) - CoPackaged(network, plan));
        }
    }

    private static long CoPackaged(Network network, CablePlan plan)
    {
        HashSet<(FabricRole, int, int)> sockets = [];
        foreach (LinkClass c in network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                LinkProduct product = plan.Products[plan.Cables[plan.CableOfLink[c.Index][i]].Product];
                if (product.CoPackagedA)
                {
                    sockets.Add((c.Fabric, c.Links[i].A, c.Links[i].ACage));
                }

                if (product.CoPackagedZ)
                {
                    sockets.Add((c.Fabric, c.Links[i].Z, c.Links[i].ZCage));
                }
            }
        }

        return sockets.Count;
    }

    private static void ChoicesAddUp(Network network, CablePlan plan)
    {
        plan.Choices.Sum(c => c.Links).ShouldBe(network.LinkCount);
        foreach (ProductChoice choice in plan.Choices)
        {
            choice.Reasons.ShouldNotBeEmpty();
            choice.ReachUsed.ShouldBeLessThanOrEqualTo(1);
            choice.Candidates.Count.ShouldBeGreaterThan(0);
        }
    }
}
