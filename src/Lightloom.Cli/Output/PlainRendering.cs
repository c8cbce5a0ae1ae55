using Lightloom.Report;
using Spectre.Console.Rendering;

namespace Lightloom.Cli.Output;

/// <summary>
/// Keeps what a name may hold from steering the terminal: every text that is printed loses its control characters, while colours, which
/// the console adds itself, stay.
/// </summary>
internal sealed class PlainRendering : IRenderHook
{
    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(IRenderable (r) => new Plain(r));

    private sealed class Plain(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            inner
                .Render(options, maxWidth)
                .Select(s =>
                    s.IsControlCode || s.IsLineBreak || PlainText.Of(s.Text) is var text && text == s.Text ? s : new(text, s.Style)
                );
    }
}
