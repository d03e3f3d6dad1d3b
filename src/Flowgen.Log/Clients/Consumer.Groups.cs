namespace Flowgen.Log;

/// <content>Which partitions are read, and what is committed for them.</content>
public sealed partial class Consumer
{
    private GroupMember? _member;
    private string[] _topics = [];
    private int _version;
    private long _topicsVersion;
    private bool _isCallingBack;

    /// <summary>The group and, while the consumer is a member, what the group knows of it.</summary>
    internal (string Group, GroupMember? Member) Membership => (Group("commit"), _member);

    /// <summary>The partitions that the consumer owns, as of its last poll.</summary>
    public IReadOnlyList<TopicPartition> Assignment => [.. Use(() => _partitions.Select(p => p.Id).ToList())];

    /// <summary>Reads these partitions, from the committed offset of the group, if there is one. The consumer is not a member of the group by this.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <exception cref="UnknownTopicException">There is no such topic or partition.</exception>
    public void Assign(params IEnumerable<TopicPartition> partitions) => Use(() =>
    {
        var wanted = partitions.Distinct().Select(_log.PartitionOf).ToList();
        LeaveGroup();
        Drop(p => !wanted.Contains(p.Partition));
        Open(wanted.Where(w => !_partitions.Exists(p => p.Partition == w)));
    });

    /// <summary>Reads the topics, sharing their partitions with the other members of the group. Partitions that topics gain are shared, too.</summary>
    /// <param name="topics">The topics.</param>
    /// <exception cref="InvalidOperationException">The consumer has no group.</exception>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    /// <exception cref="GroupNotEmptyException">An app runs under the name of the group.</exception>
    public void Subscribe(params IEnumerable<string> topics) => Use(() =>
    {
        string group = Group("subscribe");
        string[] wanted = [.. topics.Distinct(StringComparer.Ordinal)];
        foreach (string name in wanted)
            _log.DescribeTopic(name);
        LeaveGroup();
        Drop(_ => true);
        _topics = wanted;
        Join(group);
        StartPoll();
    });

    /// <summary>Reads nothing any more, and leaves the group.</summary>
    public void Unsubscribe() => Use(() =>
    {
        LeaveGroup();
        Drop(_ => true);
    });

    /// <summary>How far the group has committed a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>The offset, or null if there is none.</returns>
    /// <exception cref="InvalidOperationException">The consumer has no group.</exception>
    public CommittedOffset? Committed(TopicPartition partition) => _log.GetCommitted(Group("have committed"), partition.Topic, partition.Partition);

    /// <summary>Commits the position of each partition for the group: what was taken will not come again.</summary>
    /// <param name="cancellationToken">Ends the wait, but not the commit.</param>
    /// <returns>A task that ends when the offsets are committed.</returns>
    /// <exception cref="InvalidOperationException">The consumer has no group.</exception>
    /// <exception cref="CommitFailedException">The group has given a partition to another member.</exception>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => CommitAsync(Use(Taken), cancellationToken);

    /// <summary>Commits chosen offsets for the group.</summary>
    /// <param name="offsets">The offset of the next record to read, for each partition.</param>
    /// <param name="cancellationToken">Ends the wait, but not the commit.</param>
    /// <returns>A task that ends when the offsets are committed.</returns>
    /// <inheritdoc cref="CommitAsync(CancellationToken)" path="/exception"/>
    public ValueTask CommitAsync(IEnumerable<TopicPartitionOffset> offsets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        return new ValueTask(Use(() => Submit([.. offsets])).WaitAsync(cancellationToken));
    }

    /// <inheritdoc cref="CommitAsync(CancellationToken)" path="/*[not(self::param or self::returns)]"/>
    public void Commit() => CommitAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="CommitAsync(IEnumerable{TopicPartitionOffset}, CancellationToken)" path="/*[not(self::returns)]"/>
    public void Commit(params IEnumerable<TopicPartitionOffset> offsets) => CommitAsync(offsets).AsTask().GetAwaiter().GetResult();

    private List<TopicPartitionOffset> Taken()
    {
        string group = Group("commit");
        return [.. _partitions
            .Where(p => p.HasPosition && _log.GetCommitted(group, p.Id.Topic, p.Id.Partition)?.Offset != p.Position)
            .Select(p => new TopicPartitionOffset(p.Id, p.Position))];
    }

    private Task Submit(List<TopicPartitionOffset> offsets)
    {
        string group = Group("commit");
        using var transaction = _log.BeginTransaction();
        var partitions = offsets.ConvertAll(o => transaction.SetOffset(group, o));
        ThrowIfCreatedAgain(partitions);
        return _member is null
            ? _log.Groups.WhileEmpty(group, "committed by a consumer that is no member", () => transaction.CommitAsync().AsTask())
            : _log.Groups.Commit(partitions.ConvertAll(p => (_member, p)), () => transaction.CommitAsync().AsTask());
    }

    private void ThrowIfCreatedAgain(List<GroupPartition> partitions)
    {
        var read = _partitions.ToDictionary(p => p.Id, p => p.Partition);
        foreach (var partition in partitions)
        {
            if (read.TryGetValue(partition.Id, out var known) && known != partition)
                throw new CommitFailedException($"The records were taken from a topic '{partition.Id.Topic}' that was deleted; the one of that name is another one, and nothing of it has been read. Poll, or assign its partitions again.");
        }
    }

    // What is in hand needs no look at the group, unless that or the topics have changed.
    private void StartPoll()
    {
        if (_isCallingBack)
            throw new InvalidOperationException("Records cannot be taken while partitions are assigned, revoked or lost. Return from the callback first.");
        if (_member is null)
            return;
        if (_version == _member.Group.Version && _topicsVersion == _log.TopicsVersion && _partitions.Count > 0 && _partitions[_turn].IsInBatch)
            _member.Take();
        else
            Rebalance();
    }

    private void Rebalance()
    {
        _topicsVersion = _log.TopicsVersion;
        if (!_log.Groups.Poll(_member!))
        {
            Lose([.. _partitions.Select(p => p.Partition)]);
            Join(_member!.Group.Name);
            _log.Groups.Poll(_member);
        }

        var member = _member!;
        if (_version == member.Group.Version)
            return;
        _version = member.Group.Version; // before the look: what changes meanwhile is met by the next poll
        LoseDeleted(member);
        Revoke(_log.Groups.ToRelease(member));
        var claimed = _log.Groups.Claim(member);
        Open(claimed);
        CallBack(_options.PartitionsAssigned, claimed);
    }

    private void Revoke(List<GroupPartition> partitions)
    {
        if (partitions.Count == 0)
            return;
        try
        {
            CallBack(_options.PartitionsRevoked, partitions);
        }
        finally
        {
            Drop(p => partitions.Contains(p.Partition));
            _log.Groups.Release(_member!, partitions);
        }
    }

    private void LoseDeleted(GroupMember member)
    {
        var gone = _log.Groups.Gone(member);
        if (gone.Count == 0)
            return;
        _log.Groups.Release(member, gone);
        Lose(gone);
    }

    private void Lose(List<GroupPartition> partitions)
    {
        Drop(p => partitions.Contains(p.Partition));
        CallBack(_options.PartitionsLost, partitions);
    }

    private void CallBack(Action<Consumer, IReadOnlyList<TopicPartition>>? callback, List<GroupPartition> partitions)
    {
        if (callback is null || partitions.Count == 0)
            return;
        bool wasCallingBack = _isCallingBack;
        _isCallingBack = true;
        try
        {
            callback(this, [.. partitions.Select(p => p.Id)]);
        }
        finally
        {
            _isCallingBack = wasCallingBack;
        }
    }

    private void Join(string group)
    {
        _member = _log.Groups.Join(group, _options.ClientId, _topics, _options.MaxPollInterval);
        _version = -1;
    }

    private void LeaveGroup()
    {
        if (_isCallingBack)
            throw new InvalidOperationException("The subscription cannot change while partitions are assigned, revoked or lost. Return from the callback first.");
        if (_member is not { } member)
            return;
        try
        {
            if (_log.Groups.Poll(member))
                LoseDeleted(member);
            else
                Lose([.. _partitions.Select(p => p.Partition)]);
            Revoke([.. _partitions.Select(p => p.Partition)]);
        }
        finally
        {
            _member = null;
            _log.Groups.Leave(member);
        }
    }

    private void Open(IEnumerable<GroupPartition> partitions)
    {
        foreach (var gained in partitions)
        {
            var partition = new ConsumerPartition(_log, _options, gained, isShared: _member is not null);
            _partitions.Add(partition);
            partition.Locate();
        }
    }

    private void Drop(Predicate<ConsumerPartition> which)
    {
        foreach (var partition in _partitions.FindAll(which))
            partition.Dispose();
        _partitions.RemoveAll(which);
        _turn = 0;
    }

    private void Close()
    {
        try
        {
            LeaveGroup();
        }
        finally
        {
            Drop(_ => true);
        }
    }

    private string Group(string action) =>
        _options.Group ?? throw new InvalidOperationException($"A consumer without group cannot {action}. Name a group in its options.");

    private void Use(Action action)
    {
        _guard.Enter();
        try
        {
            action();
        }
        finally
        {
            _guard.Exit();
        }
    }

    private T Use<T>(Func<T> action)
    {
        _guard.Enter();
        try
        {
            return action();
        }
        finally
        {
            _guard.Exit();
        }
    }
}
