namespace Lightloom.Studio.Tests.Page;

/// <summary>A test that opens the page; skipped, and named so, where there is no Chromium or no Node that builds the page.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PageFactAttribute : FactAttribute
{
    public PageFactAttribute() => Skip = PageTools.Missing;
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PageTheoryAttribute : TheoryAttribute
{
    public PageTheoryAttribute() => Skip = PageTools.Missing;
}
