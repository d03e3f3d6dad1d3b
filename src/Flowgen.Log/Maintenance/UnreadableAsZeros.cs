using Flowgen.Log.Files;

namespace Flowgen.Log.Maintenance;

/// <summary>The files of a damaged disk: blocks that cannot be read are shown as zeros, which no CRC matches, so that the rest can be read. Nothing can be changed.</summary>
/// <param name="files">The disk.</param>
/// <param name="tell">Told of each block that cannot be read: its file, its position, and why.</param>
internal sealed class UnreadableAsZeros(IFileSystem files, Action<string, long, IOException> tell) : ReadOnlyFileSystem(files)
{
    private const int BlockBytes = 4096;

    public override IFile Open(string path, FileOpenMode mode) => new Readable(base.Open(path, mode), (position, cause) => tell(path, position, cause));

    private sealed class Readable(IFile file, Action<long, IOException> tell) : IFile
    {
        public long Length => file.Length;

        public int Read(long position, Span<byte> buffer)
        {
            try
            {
                return file.Read(position, buffer);
            }
            catch (IOException)
            {
                return ReadBlocks(position, buffer);
            }
        }

        public void Write(long position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void Truncate(long length) => throw new NotSupportedException();

        public void Reserve(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose() => file.Dispose();

        private int ReadBlocks(long position, Span<byte> buffer)
        {
            int count = (int)Math.Clamp(file.Length - position, 0, buffer.Length);
            for (int done = 0; done < count;)
            {
                int block = (int)Math.Min(BlockBytes - ((position + done) % BlockBytes), count - done);
                ReadBlock(position + done, buffer.Slice(done, block));
                done += block;
            }

            return count;
        }

        private void ReadBlock(long position, Span<byte> block)
        {
            block.Clear();
            try
            {
                file.Read(position, block);
            }
            catch (IOException e)
            {
                block.Clear();
                tell(position / BlockBytes * BlockBytes, e);
            }
        }
    }
}
