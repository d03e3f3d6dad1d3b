using System.Text;

namespace Flowgen;

/// <summary>Searching and slicing: parts borrow the same bytes.</summary>
public readonly partial struct Text
{
    /// <summary>A part of the text.</summary>
    /// <param name="start">Where it starts, in bytes.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the text.</exception>
    /// <exception cref="ArgumentException">The part starts or ends inside a character.</exception>
    public Text Slice(int start, int length)
    {
        if ((uint)start > (uint)Length || (uint)length > (uint)(Length - start))
            throw new ArgumentOutOfRangeException(nameof(length), "The part must lie inside the text.");
        if (IsInsideCharacter(start) || IsInsideCharacter(start + length))
            throw new ArgumentException("The part must start and end between two characters.", nameof(start));
        return Part(start, length);
    }

    /// <summary>Where some text occurs first.</summary>
    /// <param name="value">What to look for.</param>
    /// <returns>Position in bytes, or -1.</returns>
    public int IndexOf(Text value) => Bytes.IndexOf(value.Bytes);

    /// <summary>Whether some text occurs.</summary>
    /// <param name="value">What to look for.</param>
    /// <returns>Whether it occurs.</returns>
    public bool Contains(Text value) => IndexOf(value) >= 0;

    /// <summary>Whether the text starts with another.</summary>
    /// <param name="value">What to look for.</param>
    /// <returns>Whether it does.</returns>
    public bool StartsWith(Text value) => Bytes.StartsWith(value.Bytes);

    /// <summary>Whether the text ends with another.</summary>
    /// <param name="value">What to look for.</param>
    /// <returns>Whether it does.</returns>
    public bool EndsWith(Text value) => Bytes.EndsWith(value.Bytes);

    /// <summary>The text without white space at its ends.</summary>
    /// <returns>A part of the text.</returns>
    public Text Trim()
    {
        ReadOnlySpan<byte> rest = Bytes;
        int start = 0;
        while (Rune.DecodeFromUtf8(rest[start..], out Rune first, out int size) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(first))
            start += size;
        int end = rest.Length;
        while (end > start && Rune.DecodeLastFromUtf8(rest[start..end], out Rune last, out int size) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(last))
            end -= size;
        return Part(start, end - start);
    }

    /// <summary>The parts between separators, the empty ones left out: <c>foreach (Text word in line.Split(' '))</c>.</summary>
    /// <param name="separator">The separator.</param>
    /// <param name="keepEmpty">Whether empty parts are given too.</param>
    /// <returns>The parts, one after the other.</returns>
    /// <exception cref="ArgumentException">The separator is half a surrogate pair.</exception>
    public SplitParts Split(char separator, bool keepEmpty = false) => new(this, new Rune(separator), keepEmpty);

    private bool IsInsideCharacter(int position) => position < Length && (Bytes[position] & 0xC0) == 0x80;

    private Text Part(int start, int length) => new(_buffer, _start + start, length);

    /// <summary>The parts of a text between separators.</summary>
    public ref struct SplitParts
    {
        private readonly Rune _separator;
        private readonly bool _keepEmpty;
        private readonly Text _text;
        private int _next;

        internal SplitParts(Text text, Rune separator, bool keepEmpty)
        {
            _text = text;
            _separator = separator;
            _keepEmpty = keepEmpty;
        }

        /// <summary>The part.</summary>
        public Text Current { get; private set; }

        /// <summary>Starts again.</summary>
        /// <returns>An enumerator at the start.</returns>
        public readonly SplitParts GetEnumerator() => new(_text, _separator, _keepEmpty);

        /// <summary>Goes to the next part.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            Span<byte> separator = stackalloc byte[4];
            separator = separator[.._separator.EncodeToUtf8(separator)];
            while (_next <= _text.Length)
            {
                int start = _next;
                int length = _text.Bytes[start..].IndexOf(separator);
                if (length < 0) length = _text.Length - start;
                _next = start + length + separator.Length;
                Current = _text.Part(start, length);
                if (length > 0 || _keepEmpty) return true;
            }

            return false;
        }
    }
}
