using Lightloom.Studio.Runs;

namespace Lightloom.Studio.Tests.Runs;

/// <summary>SQLite and PostgreSQL keep the same: every test runs on both.</summary>
public sealed class RunStoreTest
{
    public static TheoryData<string> Stores => ["sqlite", "postgres"];

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_comes_back_as_it_was_and_its_result_survives_what_is_saved_without_it(string kind)
    {
        await using OpenedStore opened = await OpenedStore.AsyncOf(kind);
        RunRecord run = Sample("a") with { Result = "{\"x\": \"ü\"}", Started = 5 };
        await opened.Store.SaveAsync(run, default);
        (await opened.Store.FindAsync("p", "a", default)).ShouldBe(run);
        await opened.Store.SaveAsync(run with { Status = RunStatus.Done, Ended = 9, Result = null }, default);
        RunRecord found = (await opened.Store.FindAsync("p", "a", default))!;
        found.Result.ShouldBe(run.Result);
        found.Status.ShouldBe(RunStatus.Done);
        found.Ended.ShouldBe(9);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Projects_do_not_see_each_others_runs(string kind)
    {
        await using OpenedStore opened = await OpenedStore.AsyncOf(kind);
        await opened.Store.SaveAsync(Sample("a"), default);
        await opened.Store.SaveAsync(Sample("b") with { Project = "other" }, default);
        (await opened.Store.ListAsync("p", 10, default)).Select(r => r.Id).ShouldBe(["a"]);
        (await opened.Store.FindAsync("p", "b", default)).ShouldBeNull();
        await opened.Store.DeleteAsync("p", "b", default);
        (await opened.Store.FindAsync("other", "b", default)).ShouldNotBeNull();
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_a_run_said_comes_in_order_and_from_where_one_left_off(string kind)
    {
        await using OpenedStore opened = await OpenedStore.AsyncOf(kind);
        await opened.Store.SaveAsync(Sample("a"), default);
        await Task.WhenAll(
            Enumerable.Range(1, 50).Select(i => opened.Store.AppendAsync("a", new(i, "progress", $"{{\"share\": {i}}}"), default))
        );
        await opened.Store.AppendAsync("a", new(7, "progress", "{\"share\": \"twice\"}"), default);
        IReadOnlyList<RunEvent> later = await opened.Store.EventsAsync("a", 40, default);
        later.Select(e => e.Seq).ShouldBe(Enumerable.Range(41, 10).Select(i => (long)i));
        (await opened.Store.EventsAsync("a", 0, default)).Count.ShouldBe(50);
        await opened.Store.DeleteAsync("p", "a", default);
        (await opened.Store.EventsAsync("a", 0, default)).ShouldBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Texts_that_look_like_statements_stay_texts(string kind)
    {
        await using OpenedStore opened = await OpenedStore.AsyncOf(kind);
        RunRecord run = Sample("a") with { Title = "'); DROP TABLE lightloom_runs; --" };
        await opened.Store.SaveAsync(run, default);
        (await opened.Store.ListAsync("p", 10, default)).Single().Title.ShouldBe(run.Title);
    }

    private static RunRecord Sample(string id) =>
        new()
        {
            Id = id,
            Project = "p",
            Kind = "simulate",
            Title = "t",
            Arguments = "--seed=1\n--size=1MiB",
            Status = RunStatus.Queued,
            Created = 1,
            Version = 3,
            Share = 0.25,
            Text = "waits",
            Attempts = 1,
        };
}
