namespace Lightloom.Studio.Api;

/// <summary>The lines in which two texts differ: a longest common subsequence between what they begin and end with alike.</summary>
internal static class TextDiff
{
    // Beyond this the middle is shown as taken out and put in as a whole.
    private const long MostCells = 16_000_000;

    /// <summary>Every line of both, in order.</summary>
    public static IReadOnlyList<TextDiffLine> Of(string a, string b)
    {
        string[] x = Lines(a);
        string[] y = Lines(b);
        int head = 0;
        while (head < x.Length && head < y.Length && x[head] == y[head])
        {
            head++;
        }

        int tail = 0;
        while (tail < x.Length - head && tail < y.Length - head && x[^(tail + 1)] == y[^(tail + 1)])
        {
            tail++;
        }

        List<TextDiffLine> lines = [];
        for (int i = 0; i < head; i++)
        {
            lines.Add(new(" ", i + 1, i + 1, x[i]));
        }

        Middle(lines, x, y, head, tail);
        for (int i = tail; i > 0; i--)
        {
            lines.Add(new(" ", x.Length - i + 1, y.Length - i + 1, x[^i]));
        }

        return lines;
    }

    private static void Middle(List<TextDiffLine> lines, string[] x, string[] y, int head, int tail)
    {
        int n = x.Length - head - tail,
            m = y.Length - head - tail;
        int[,]? common = (long)(n + 1) * (m + 1) <= MostCells ? new int[n + 1, m + 1] : null;
        for (int i = n - 1; i >= 0 && common is not null; i--)
        {
            for (int j = m - 1; j >= 0; j--)
            {
                common[i, j] = x[head + i] == y[head + j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        int at = 0,
            to = 0;
        while (at < n || to < m)
        {
            if (common is not null && at < n && to < m && x[head + at] == y[head + to])
            {
                lines.Add(new(" ", head + at + 1, head + to + 1, x[head + at]));
                (at, to) = (at + 1, to + 1);
            }
            else if (at < n && (common is null || to == m || common[at + 1, to] >= common[at, to + 1]))
            {
                lines.Add(new("-", head + at + 1, null, x[head + at]));
                at++;
            }
            else
            {
                lines.Add(new("+", null, head + to + 1, y[head + to]));
                to++;
            }
        }
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
