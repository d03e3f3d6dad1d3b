using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>A topic as it is committed. Guarded by the gate of the <see cref="LogState"/>.</summary>
internal sealed class TopicState
{
    private readonly IFileSystem _files;
    private readonly LogLayout _layout;
    private readonly bool _isBorrowed;

    public TopicState(IFileSystem files, LogLayout layout, int id, TopicDescription description, bool isBorrowed)
    {
        _isBorrowed = isBorrowed;
        _files = files;
        _layout = layout;
        Id = id;
        Description = description;
        Partitions = [];
        AddPartitions();
    }

    public int Id { get; }

    public TopicDescription Description { get; private set; }

    /// <summary>The partitions; another array when there are more.</summary>
    public Partition[] Partitions { get; private set; }

    /// <summary>Schemas by id; the first has the id 1.</summary>
    public List<byte[]> Schemas { get; } = [];

    public void Alter(TopicSettings settings)
    {
        Description = Description with { Settings = settings };
        foreach (var partition in Partitions)
            partition.Settings = settings;
        AddPartitions();
    }

    public int FindSchema(ReadOnlySpan<byte> schema)
    {
        for (int i = 0; i < Schemas.Count; i++)
        {
            if (schema.SequenceEqual(Schemas[i]))
                return i + 1;
        }

        return 0;
    }

    private void AddPartitions()
    {
        var added = Enumerable.Range(Partitions.Length, Description.Partitions - Partitions.Length);
        Partitions = [.. Partitions, .. added.Select(i => new Partition(_files, _layout, Id, Description.Name, i, Description.Settings) { IsBorrowed = _isBorrowed })];
    }
}
