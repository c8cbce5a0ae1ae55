namespace Lightloom.Studio.Tests.Page;

/// <summary>A test that opens the page; skipped, and named so, where there is no Chromium or no Node that builds the page.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PageFactAttribute : FactAttribute
{
    /// <param name="slow">True for one that takes minutes: it is run where LIGHTLOOM_SLOW_PAGE_TESTS is set.</param>
    public PageFactAttribute(bool slow = false) => Skip = PageTools.Missing ?? (slow ? PageTools.Slow : null);
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PageTheoryAttribute : TheoryAttribute
{
    /// <param name="slow">As of a test without data.</param>
    public PageTheoryAttribute(bool slow = false) => Skip = PageTools.Missing ?? (slow ? PageTools.Slow : null);
}
