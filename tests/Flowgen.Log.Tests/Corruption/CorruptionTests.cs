using Flowgen.Log.Storage;
using Flowgen.TestKit.Simulation;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Corruption;

/// <summary>Each damage is a typed error, or has no consequence: never a silent difference. An error changes no byte.</summary>
public abstract class CorruptionTests(ITestOutputHelper output)
{
    private const int Page = PagedContent.PageSize;
    private const int Sector = 512;

    /// <summary>Whether the log was closed; otherwise it was killed.</summary>
    private static readonly bool[] Endings = [true, false];

    /// <summary>Every byte of a segment of 64 KiB.</summary>
    public sealed class Flips(ITestOutputHelper output) : CorruptionTests(output)
    {
        private const int OpenedAnew = 8; // each so many bytes on every change; in the long run all

        [Fact]
        public void Every_flipped_byte_of_a_segment_is_found()
        {
            var log = SampleLog.Segment(closed: true);
            Report(log, log.ViolationsWhileOpen(FlipsOfBatches(log)));
            Check(log, _ => FlipsWhere(log, IsOpenedAnew));
        }

        [Fact]
        public void Flipped_bytes_of_a_segment_are_found_after_a_kill()
        {
            var log = SampleLog.Segment(closed: false);
            Check(log, _ => FlipsWhere(log, at => at % OpenedAnew == 0));
        }

        private static IEnumerable<PagedContent> FlipsWhere(DamagedLog log, Func<long, bool> where) =>
            Positions(log, every: 1).Where(where).SelectMany(at => Bits(at).Select(bit => Flipped(log.Content, at, bit)));

        private static IEnumerable<(long Batch, IEnumerable<PagedContent> Damaged)> FlipsOfBatches(DamagedLog log)
        {
            long start = SegmentHeader.Size;
            foreach (byte[] batch in SampleLog.Batches(log.Content.ToArray()).Skip(1))
            {
                long end = start + batch.Length;
                long from = start;
                yield return (BatchHeader.BaseOffset(batch), FlipsWhere(log, at => at >= from && at < end && !IsOpenedAnew(at)));
                start = end;
            }
        }

        // Opening a log that was closed looks at the headers of segments and at their lengths; the batches are read later.
        private static bool IsOpenedAnew(long at) => at < SegmentHeader.Size || at % OpenedAnew == 0 || Scale.Factor >= OpenedAnew;
    }

    /// <summary>Every length of a segment of 64 KiB.</summary>
    public sealed class Truncations(ITestOutputHelper output) : CorruptionTests(output)
    {
        [Fact]
        public void Every_shorter_segment_is_found()
        {
            foreach (bool closed in Endings)
                Check(SampleLog.Segment(closed), log => Positions(log, every: closed ? 1 : 8).Select(at => log.Content.WithLength(at)));
        }
    }

    /// <summary>Everything else that disks and people do to files.</summary>
    public sealed class Others(ITestOutputHelper output) : CorruptionTests(output)
    {
        [Fact]
        public void Pages_and_sectors_that_are_swapped_are_found()
        {
            foreach (bool closed in Endings)
            {
                Check(SampleLog.Segment(closed), log =>
                    from size in new[] { Page, Sector }
                    let count = (int)(log.Content.Length / size)
                    from first in Enumerable.Range(0, count)
                    from second in size == Page ? Enumerable.Range(first + 1, count - first - 1) : Enumerable.Range(first + 1, Math.Min(3, count - first - 1))
                    select Swapped(log.Content, size, first, second));
            }
        }

        [Fact]
        public void Pages_and_sectors_that_are_zero_are_found()
        {
            foreach (bool closed in Endings)
            {
                Check(SampleLog.Segment(closed), log =>
                    from size in closed ? new[] { Page, Sector, 8 } : [Page, Sector]
                    from index in Enumerable.Range(0, (int)(log.Content.Length / size))
                    select log.Content.Write((long)index * size, new byte[size]));
            }
        }

        [Fact]
        public void Batches_that_are_doubled_lost_or_in_another_place_are_found()
        {
            foreach (bool closed in Endings)
            {
                Check(SampleLog.Segment(closed), log =>
                {
                    var batches = SampleLog.Batches(log.Content.ToArray());
                    return from first in Enumerable.Range(1, batches.Count - 1)
                           from rearranged in Rearranged(batches, first)
                           select PagedContent.Of([.. rearranged.SelectMany(b => b)]);
                });
            }
        }

        [Fact]
        public void Every_flipped_byte_of_the_small_files_is_found()
        {
            foreach (bool closed in Endings)
            {
                foreach (var file in SampleLog.SmallFiles(closed, mayBeTorn: 0).Concat(SampleLog.SmallFiles(closed, mayBeTorn: 1)))
                {
                    Check(file, log => Positions(log, every: 1).SelectMany(at => Enumerable.Range(0, 8).Select(bit => Flipped(log.Content, at, bit))));
                    Check(file, log => [log.Content.Write(log.Content.Length, [1]), log.Content.Write(log.Content.Length, new byte[5_000])]);
                }
            }
        }

        [Fact]
        public void Every_shorter_small_file_is_found()
        {
            foreach (bool closed in Endings)
            {
                foreach (var file in SampleLog.SmallFiles(closed, mayBeTorn: 0).Concat(SampleLog.SmallFiles(closed, mayBeTorn: 100)))
                    Check(file, log => Positions(log, every: 1).Select(at => log.Content.WithLength(at)));
            }
        }

        [Fact]
        public void A_damaged_index_makes_no_difference()
        {
            foreach (bool closed in Endings)
            {
                foreach (var index in SampleLog.Indexes(closed))
                {
                    Check(index, log => Positions(log, every: 1).SelectMany(at => Bits(at).Select(bit => Flipped(log.Content, at, bit))));
                    Check(index, log => Positions(log, every: 1).Select(at => log.Content.WithLength(at)));
                    Check(index, log => [log.Content.Write(log.Content.Length, [1]), log.Content.Write(log.Content.Length, new byte[5_000]), PagedContent.Of(new byte[log.Content.Length])]);
                    Assert.Null(index.Violation(null));
                    Assert.Equal((0, 0), (index.RefusedWhenOpened, index.FoundWhenRead));
                }
            }
        }

        [Fact]
        public void A_missing_file_is_found()
        {
            foreach (bool closed in Endings)
            {
                foreach (var file in SampleLog.AllFiles(closed))
                    Assert.Null(file.Violation(null));
            }
        }

        private static IEnumerable<IEnumerable<byte[]>> Rearranged(List<byte[]> batches, int at)
        {
            yield return [.. batches.Take(at), batches[at], .. batches.Skip(at)]; // doubled
            yield return [.. batches.Take(at), .. batches.Skip(at + 1)]; // lost
            if (at + 1 < batches.Count)
                yield return [.. batches.Take(at), batches[at + 1], batches[at], .. batches.Skip(at + 2)]; // exchanged
            yield return [.. batches.Take(at), batches[^at], .. batches.Skip(at + 1)]; // another one in its place
        }
    }

    private static IEnumerable<long> Positions(DamagedLog log, int every)
    {
        for (long at = 0; at < log.Content.Length; at += every)
            yield return at;
    }

    // One bit of each byte on every change, all of them in the long run.
    private static IEnumerable<int> Bits(long at) => Scale.Factor >= 8 ? Enumerable.Range(0, 8) : [(int)(at * 5 % 8)];

    private static PagedContent Flipped(PagedContent content, long at, int bit)
    {
        Span<byte> value = stackalloc byte[1];
        content.Read(at, value);
        value[0] ^= (byte)(1 << bit);
        return content.Write(at, value);
    }

    private static PagedContent Swapped(PagedContent content, int size, int first, int second)
    {
        byte[] a = new byte[size];
        byte[] b = new byte[size];
        content.Read((long)first * size, a);
        content.Read((long)second * size, b);
        return content.Write((long)first * size, b).Write((long)second * size, a);
    }

    private void Check(DamagedLog log, Func<DamagedLog, IEnumerable<PagedContent>> damages) => Report(log, damages(log).Select(log.Violation));

    private void Report(DamagedLog log, IEnumerable<string?> violations)
    {
        string[] wrong = [.. violations.Select((violation, number) => violation is null ? null : $"damage {number}: {violation}").OfType<string>().Take(3)];
        output.WriteLine($"{log}");
        Assert.True(wrong.Length == 0, $"{log}\n{string.Join('\n', wrong)}");
    }
}
