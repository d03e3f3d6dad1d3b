using Flowgen.Log.Files;

namespace Flowgen.Log.Maintenance;

/// <summary>The files of a damaged disk: blocks that cannot be read are shown as zeros, which no CRC matches, so that the rest can be read. Nothing can be changed.</summary>
/// <param name="files">The disk.</param>
/// <param name="tell">Told of each block that cannot be read: its file, its position, and why.</param>
internal sealed class UnreadableAsZeros(IFileSystem files, Action<string, long, IOException> tell) : IFileSystem
{
    private const int BlockBytes = 4096;

    private readonly ReadOnlyFileSystem _files = new(files);

    public IFile Open(string path, FileOpenMode mode) => new Readable(_files.Open(path, mode), (position, cause) => tell(path, position, cause));

    public IReadOnlyList<FileEntry> List(string path) => _files.List(path);

    public IDisposable? TryLock(string path, out int? holder) => _files.TryLock(path, out holder);

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public void Rename(string from, string to) => _files.Rename(from, to);

    public void Delete(string path) => _files.Delete(path);

    public bool TryCreateLink(string existing, string path) => _files.TryCreateLink(existing, path);

    public void DeleteDirectory(string path) => _files.DeleteDirectory(path);

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
