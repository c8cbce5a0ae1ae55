using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

public partial class InterconnectSelectorTest
{
    private static readonly (CageUse A, CageUse Z, LinkShape Shape)[] Ends =
    [
        (Question.Osfp800, Question.Osfp800, LinkShape.Single),
        (Question.Nic400, Question.Osfp2X400, LinkShape.SplitAtZ),
        (Question.Osfp2X400, Question.Qsfp400, LinkShape.SplitAtA),
        (Question.Qsfp200, Question.Osfp4X200, LinkShape.SplitAtZ),
        (Question.Osfp2X400, Question.Osfp2X400, LinkShape.Mesh),
        (Question.Osfp2X400, Question.Osfp2X400, LinkShape.Parallel),
        (Question.Osfp8X100, Question.Osfp8X100, LinkShape.Mesh),
        (Question.Cage(FormFactor.Osfp224, 800, 4, 1), Question.Cage(FormFactor.Osfp224, 1600, 8, 2), LinkShape.SplitAtZ),
        (Question.Cage(FormFactor.QsfpDd800, 800, 8, 1), Question.Osfp800, LinkShape.Single),
        (Question.Cage(FormFactor.Qsfp28, 100, 4, 1), Question.Cage(FormFactor.Qsfp28, 100, 4, 1), LinkShape.Single),
    ];

    [Fact]
    public void For_random_links_the_chosen_product_reaches_what_is_ordered_and_what_serves_a_longer_link_serves_a_shorter_one()
    {
        Random random = new(20261122);
        string[] kinds = ["dac", "acc", "aec", "aoc", "sr", "dr", "fr", "lr", "zr"];
        for (int round = 0; round < 120; round++)
        {
            (CageUse a, CageUse z, LinkShape shape) = Ends[random.Next(Ends.Length)];
            string[] exclude = [.. kinds.Where(_ => random.Next(8) == 0)];
            double derating = 0.5 + (random.NextDouble() * 0.5);
            InterconnectSelector selector = Question.Selector(
                (InterconnectObjective)random.Next(3),
                derating,
                random.Next(2) == 0 ? "om3" : "om4",
                exclude: exclude
            );
            int panels = random.Next(4) == 0 ? random.Next(5) : 0;
            IReadOnlyList<InterconnectCandidate>? shorter = null;
            double[] lengths =
            [
                .. Enumerable.Range(0, 12).Select(_ => Math.Round(Math.Pow(10, random.NextDouble() * 4.1) * 1.01, 3)).Order(),
            ];
            foreach (double metres in lengths)
            {
                LinkQuestion q = Question.Of(metres, a, z, shape, panels);
                IReadOnlyList<InterconnectCandidate> ranked = selector.Rank(q);
                ranked
                    .Count(c => c.Verdict == ProductVerdict.Chosen)
                    .ShouldBe(ranked.Any(c => c.Verdict != ProductVerdict.Rejected) ? 1 : 0);
                foreach (InterconnectCandidate c in ranked)
                {
                    c.Reasons.ShouldNotBeEmpty();
                    (c.Rejections.Count > 0).ShouldBe(c.Verdict == ProductVerdict.Rejected);
                    exclude.ShouldNotContain(c.Verdict == ProductVerdict.Rejected ? "" : c.Head.Kind.ToWord());
                    if (c.Verdict == ProductVerdict.Rejected)
                    {
                        continue;
                    }

                    c.OrderLength.ShouldBeGreaterThanOrEqualTo(q.Length);
                    c.Reach.ShouldBeGreaterThanOrEqualTo(c.OrderLength);
                    c.RatedReach.ShouldBeGreaterThanOrEqualTo(c.Reach);
                    if (c is { LossDb: { } loss, LossBudgetDb: { } budget })
                    {
                        loss.ShouldBeLessThanOrEqualTo(budget + 1e-9);
                    }
                }

                if (shorter is not null)
                {
                    string[] served = [.. shorter.Where(c => c.Verdict != ProductVerdict.Rejected).Select(c => c.Head.Id)];
                    ranked
                        .Where(c => c.Verdict != ProductVerdict.Rejected && c.Head.MinReach is null && c.Tail.MinReach is null)
                        .Select(c => c.Head.Id)
                        .Except(served)
                        .ShouldBeEmpty($"{metres} m, {shape}, {string.Join(' ', exclude)}");
                }

                shorter = ranked;
            }
        }
    }

    [Fact]
    public void The_planners_memory_gives_the_same_answer_as_asking_anew()
    {
        Random random = new(7);
        foreach ((CageUse a, CageUse z, LinkShape shape) in Ends)
        {
            foreach (int panels in (int[])[0, 2])
            {
                InterconnectSelector selector = Question.Selector((InterconnectObjective)random.Next(3), 0.87, "om4");
                PreparedLink prepared = selector.Prepare(Question.Of(0, a, z, shape, panels));
                List<Offer> known = [];
                ProductMemo memo = new(
                    prepared,
                    offer =>
                    {
                        known.Add(offer);
                        return known.Count - 1;
                    }
                );
                for (int i = 0; i < 1000; i++)
                {
                    int millimetres =
                        random.Next(4) == 0 ? random.Next(12_000_000)
                        : random.Next(3) == 0 ? random.Next(600_000)
                        : random.Next(60_000);
                    int product = memo.Decide(millimetres);
                    int best = prepared.Best(millimetres);
                    (product < 0 ? null : known[product]).ShouldBe(
                        best < 0 ? null : prepared.Offers[best],
                        $"{millimetres} mm, {shape}, {panels} panels"
                    );
                }
            }
        }
    }
}
