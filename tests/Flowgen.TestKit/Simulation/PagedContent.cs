namespace Flowgen.TestKit.Simulation;

/// <summary>The bytes of a file in pages that versions of it share: a version costs what it changes. Immutable.</summary>
public sealed class PagedContent
{
    public const int PageSize = 4096;

    private static readonly byte[] Zeros = new byte[PageSize];
    private readonly byte[]?[] _pages; // null: not allocated, read as zeros; behind the length: allocated ahead

    private PagedContent(byte[]?[] pages, long length)
    {
        _pages = pages;
        Length = length;
    }

    public static PagedContent Empty { get; } = new([], 0);

    public long Length { get; }

    public int AllocatedPages => _pages.Count(p => p is not null);

    public static PagedContent Of(ReadOnlySpan<byte> bytes) => Empty.Write(0, bytes);

    public int Read(long position, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(Length - position, 0, buffer.Length);
        for (int done = 0; done < count;)
        {
            var (page, at) = Math.DivRem(position + done, PageSize);
            int length = (int)Math.Min(PageSize - at, count - done);
            (_pages[page] ?? Zeros).AsSpan((int)at, length).CopyTo(buffer[done..]);
            done += length;
        }

        return count;
    }

    /// <summary>Pages that a write would have to allocate.</summary>
    public int PagesMissing(long position, long length)
    {
        int missing = 0;
        for (long page = position / PageSize; length > 0 && page <= (position + length - 1) / PageSize; page++)
            missing += page >= _pages.Length || _pages[page] is null ? 1 : 0;
        return missing;
    }

    public PagedContent Write(long position, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return this;
        var pages = CopyOfPages(position + bytes.Length);
        for (int done = 0; done < bytes.Length;)
        {
            var (page, at) = Math.DivRem(position + done, PageSize);
            int length = (int)Math.Min(PageSize - at, bytes.Length - done);
            byte[] changed = new byte[PageSize];
            pages[page]?.CopyTo(changed, 0);
            bytes.Slice(done, length).CopyTo(changed.AsSpan((int)at));
            pages[page] = changed;
            done += length;
        }

        return new PagedContent(pages, Math.Max(Length, position + bytes.Length));
    }

    /// <summary>Cuts off, with what was allocated ahead, or lengthens by a hole.</summary>
    public PagedContent WithLength(long length)
    {
        if (length >= Length)
            return new PagedContent(CopyOfPages(length), length);
        int count = PagesFor(length);
        var pages = _pages[..count];
        int inLast = (int)(length % PageSize);
        if (inLast > 0 && pages[^1] is { } last)
        {
            pages[^1] = new byte[PageSize];
            last.AsSpan(0, inLast).CopyTo(pages[^1]);
        }

        return new PagedContent(pages, length);
    }

    /// <summary>Allocates what is missing up to a position; the length stays.</summary>
    public PagedContent WithRoom(long length)
    {
        var pages = CopyOfPages(length);
        for (int i = 0; i < PagesFor(length); i++)
            pages[i] ??= Zeros;
        return new PagedContent(pages, Length);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        Read(0, bytes);
        return bytes;
    }

    private static int PagesFor(long length) => (int)((length + PageSize - 1) / PageSize);

    private byte[]?[] CopyOfPages(long length)
    {
        var pages = new byte[]?[Math.Max(_pages.Length, PagesFor(length))];
        _pages.CopyTo(pages, 0);
        return pages;
    }
}
