using System.Buffers.Text;
using System.Text;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Reading;

namespace Lightloom.Traces.Goal;

/// <summary>
/// GOAL as text: <c>num_ranks N</c>, then <c>rank R { … }</c> for every rank in order, with a send, receive, calculation or dependency a
/// line. Reads a line at a time; of labels only hashes are kept.
/// </summary>
internal sealed class GoalTextReader(ByteSource source, TraceFile file, ITraceSink sink, CancellationToken cancel)
{
    /// <summary>
    /// A send of no more bytes is over, for those that require it, once it has begun: it was copied. LogGOPSim's default of <c>S</c>.
    /// </summary>
    public const long EagerBytes = 65535;

    private const int LookEvery = 4096;
    private readonly Dictionary<ulong, int> _labels = [];
    private readonly Column<long> _lineOf = new();
    private readonly List<bool> _eager = [];
    private int _ranks = -1;
    private int _rank = -1;
    private int _next;
    private bool _inside;
    private bool _comment;
    private long _line;

    /// <summary>Reads to the end of the file.</summary>
    public void Read()
    {
        while (source.TryReadLine(out ReadOnlySpan<byte> line, out bool tooLong))
        {
            _line = source.Line;
            if (tooLong)
            {
                throw file.Stop(
                    TraceProblems.Syntax,
                    _line,
                    $"the line has more than {ByteSource.LongestLine} characters; this is no GOAL text"
                );
            }

            if (_line % LookEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            GoalLine words = new(line, ref _comment);
            if (!words.IsEmpty)
            {
                Line(ref words);
            }
        }

        if (_ranks < 0)
        {
            throw file.Stop(TraceProblems.Syntax, Math.Max(1, _line), "the file is empty; GOAL begins with 'num_ranks N'");
        }

        if (_inside)
        {
            throw file.Stop(TraceProblems.Truncated, _line, $"the file ends inside rank {_rank}; close it with '}}'");
        }

        if (_next < _ranks)
        {
            throw file.Stop(
                TraceProblems.MissingRank,
                _line,
                $"the file announces {_ranks} ranks and ends after rank {_next - 1}; rank {_next} is missing"
            );
        }
    }

    private void Line(ref GoalLine words)
    {
        ReadOnlySpan<byte> first = words.Next();
        if (_ranks < 0)
        {
            if (!first.SequenceEqual("num_ranks"u8))
            {
                throw Wrong(words, "GOAL begins with 'num_ranks N'");
            }

            _ranks = (int)Number(ref words, "num_ranks", 1, TraceFile.MostRanks);
            sink.Begin(_ranks, gatherCountsShards: false);
            End(ref words);
            return;
        }

        if (!_inside)
        {
            if (!first.SequenceEqual("rank"u8))
            {
                throw Wrong(words, "outside of ranks stands 'rank R {' only");
            }

            _rank = (int)Number(ref words, "rank", 0, _ranks - 1);
            if (_rank != _next)
            {
                throw file.Stop(
                    _rank > _next ? TraceProblems.MissingRank : TraceProblems.DuplicateNode,
                    _line,
                    $"rank {_rank} comes here and rank {_next} is next; ranks stand in order, each once"
                );
            }

            _next++;
            if (!words.Next().SequenceEqual("{"u8))
            {
                throw Wrong(words, $"'rank {_rank}' needs '{{' on its line");
            }

            _inside = true;
            _labels.Clear();
            _eager.Clear();
            _lineOf.Clear();
            sink.BeginRank(_rank, file.Path, isBinary: false);
            if (!words.IsEmpty)
            {
                Line(ref words);
            }

            return;
        }

        if (first.SequenceEqual("}"u8))
        {
            _inside = false;
            sink.EndRank();
            End(ref words);
            return;
        }

        Item(first, ref words);
    }

    private void Item(ReadOnlySpan<byte> word, ref GoalLine words)
    {
        ulong label = 0;
        string shown = "";
        if (words.TakeColon())
        {
            label = Hash(word);
            shown = Encoding.UTF8.GetString(word);
            word = words.Next();
        }

        if (word.SequenceEqual("send"u8) || word.SequenceEqual("recv"u8))
        {
            Message(word[0] == 's', label, shown, ref words);
        }
        else if (word.SequenceEqual("calc"u8))
        {
            long nanoseconds = Number(ref words, "calc", 0, long.MaxValue / 1000);
            byte cpu = 0;
            while (!words.IsEmpty)
            {
                if (!words.Next().SequenceEqual("cpu"u8))
                {
                    throw Wrong(words, "behind a calculation stands 'cpu C' only");
                }

                cpu = (byte)Number(ref words, "cpu", 0, 255);
            }

            sink.Operation(new(Id(label, shown, eager: false), TraceKind.Compute, _line, Nanoseconds: nanoseconds, Stream: cpu));
        }
        else
        {
            Dependency(word, label != 0, ref words);
        }
    }

    private void Message(bool sends, ulong label, string shown, ref GoalLine words)
    {
        long bytes = Number(ref words, "the size", 0, long.MaxValue / 16, unit: (byte)'b');
        if (!words.Next().SequenceEqual(sends ? "to"u8 : "from"u8))
        {
            throw Wrong(words, sends ? "write a send as 'send 64b to RANK tag T'" : "write a receive as 'recv 64b from RANK tag T'");
        }

        int peer = (int)Number(ref words, "the rank", sends ? 0 : -1, TraceFile.MostRanks);
        int tag = 0;
        while (!words.IsEmpty)
        {
            ReadOnlySpan<byte> word = words.Next();
            if (word.SequenceEqual("tag"u8))
            {
                tag = (int)Number(ref words, "tag", sends ? 0 : -1, int.MaxValue);
            }
            else if (word.SequenceEqual("cpu"u8) || word.SequenceEqual("nic"u8))
            {
                Number(ref words, "cpu or nic", 0, 255);
            }
            else
            {
                throw Wrong(words, "behind a message stand 'tag T', 'cpu C' and 'nic N' only");
            }
        }

        int id = Id(label, shown, eager: sends && bytes <= EagerBytes);
        sink.Operation(new(id, sends ? TraceKind.Send : TraceKind.Receive, _line, Bytes: bytes, Peer: peer, Tag: tag));
    }

    private int Id(ulong label, string shown, bool eager)
    {
        int id = _eager.Count;
        _eager.Add(eager);
        _lineOf.Add(_line);
        if (label != 0 && !_labels.TryAdd(label, id))
        {
            file.Error(
                TraceProblems.DuplicateNode,
                _line,
                $"rank {_rank} has two operations '{Yaml.Excerpt.Of(shown)}', the first in line {_lineOf[_labels[label]]}; "
                    + $"give each its own label"
            );
        }

        return id;
    }

    private void Dependency(ReadOnlySpan<byte> who, bool labelled, ref GoalLine words)
    {
        string first = Encoding.UTF8.GetString(who);
        int to = _labels.GetValueOrDefault(Hash(who), -1);
        ReadOnlySpan<byte> how = words.Next();
        bool start = how.SequenceEqual("irequires"u8);
        if (labelled || (!start && !how.SequenceEqual("requires"u8)))
        {
            throw Wrong(
                words,
                $"'{Yaml.Excerpt.Of(first)}' begins no send, recv, calc or dependency; write 'LABEL: send 64b to RANK' or "
                    + $"'LABEL requires LABEL'"
            );
        }

        do
        {
            ReadOnlySpan<byte> whom = words.Next();
            int from = _labels.GetValueOrDefault(Hash(whom), -1);
            if (to < 0 || from < 0)
            {
                string missing = to < 0 ? first : Encoding.UTF8.GetString(whom);
                file.Error(
                    TraceProblems.UnknownNode,
                    _line,
                    $"rank {_rank} has no operation '{Yaml.Excerpt.Of(missing)}' above this line; labels are defined before they are used",
                    words.Column
                );
            }
            else
            {
                sink.Requires(to, from, start || _eager[from], _line);
            }
        } while (words.TakeComma());
        End(ref words);
    }

    private void End(ref GoalLine words)
    {
        if (!words.IsEmpty)
        {
            words.Next();
            throw Wrong(words, "the line has more than it needs; one item stands on a line");
        }
    }

    private long Number(ref GoalLine words, string what, long least, long most, byte unit = 0)
    {
        ReadOnlySpan<byte> word = words.Next();
        bool negative = word.Length > 1 && word[0] == '-';
        bool good = Utf8Parser.TryParse(word, out long value, out int used);
        good &= used == word.Length || (unit != 0 && used == word.Length - 1 && word[used] == unit);
        if (!good || (negative && value >= 0) || value < least || value > most)
        {
            throw Wrong(
                words,
                $"{what} is '{Yaml.Excerpt.Of(Encoding.UTF8.GetString(word))}', which is no whole number from {least} to {most}"
            );
        }

        return value;
    }

    private TraceStop Wrong(GoalLine words, string message) => file.Stop(TraceProblems.Syntax, _line, message, words.Column);

    // Labels are compared by 64 bits: among ten million, two that fall together are one chance in a hundred thousand.
    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in text)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return (hash ^ (hash >> 32)) | 1;
    }

    /// <summary>A text without GOAL's comments; what is inside of an open one is left out to the end.</summary>
    public static string WithoutComments(string text)
    {
        bool comment = false;
        StringBuilder bare = new();
        foreach (string line in text.Split('\n'))
        {
            bare.Append(Encoding.UTF8.GetString(GoalLine.Uncommented(Encoding.UTF8.GetBytes(line), ref comment))).Append('\n');
        }

        return bare.ToString();
    }
}
