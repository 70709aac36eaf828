using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace ClassHub.Tasks;

public enum GoesOut { AsDraft, Now, Later }

/// <summary>What a post says, the same for every class it goes to.</summary>
public sealed record PostText(PostKind Kind, string? Title, string? Body, string? Topic, int? Minutes, IReadOnlyList<int> FileIds, IReadOnlyList<(string Url, string? Title)> Links, HandInWays Ways, decimal? MostPoints)
{
    /// <summary>For work that was finished without a connection before the deadline.</summary>
    public OfflineGrace Grace { get; init; }
    public WritingRules Rules { get; init; } = WritingRules.Second;
    /// <summary>As <see cref="MakeFormulae"/> made them from the body.</summary>
    public string? Formulae { get; init; }

    /// <summary>Nothing of it was typed or chosen; dates and kind come with the form.</summary>
    internal bool IsEmpty => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Body) && string.IsNullOrWhiteSpace(Topic)
        && Minutes is null && MostPoints is null && FileIds.Count == 0 && Links.Count == 0;

    /// <summary>With its formulae, made before the database is asked for anything.</summary>
    internal PostText Made() => this with { Formulae = MakeFormulae.Of(Body, out _) };
}

/// <summary>School times as typed. <paramref name="TakesLate"/> false closes the task at its deadline.</summary>
public sealed record PostDates(GoesOut Goes, LocalDateTime? At, LocalDateTime? Due, bool TakesLate, LocalDateTime? LateUntil);

/// <summary>One class that gets the post, with its own readers and dates.</summary>
public sealed record PostTarget(int ClassId, bool IsForAll, IReadOnlyCollection<int> GroupIds, IReadOnlyCollection<int> PupilIds, PostDates Dates);

/// <summary>Writes a post, and its task when it asks for something back, for one or several classes; edits it later.</summary>
public sealed class ComposePost(ClassHubDb db, SchoolClock clock, FileLimits limits)
{
    /// <summary>One post for each target, in one transaction: all of them or none.</summary>
    /// <param name="draftId">The draft that was kept while this was written; it becomes the post of its class.</param>
    /// <exception cref="RuleBroken">Something is missing, or a class, reader or file is not the author's to use.</exception>
    public Task<List<int>> RunAsync(Viewer author, PostText text, IReadOnlyList<PostTarget> targets, CancellationToken stop, int? draftId = null)
    {
        text = text.Made();
        return db.WriteAsync(async () =>
        {
            var setId = targets.Count > 1 ? RandomKey.Hex() : null;
            var posts = new List<Post>();
            foreach (var target in targets.DistinctBy(t => t.ClassId))
            {
                if (!author.Teaches.Contains(target.ClassId)) throw new RuleBroken("You can only post to classes you teach.", "Classes");
                posts.Add(await WriteAsync(author, await DraftAsync(author, draftId, target.ClassId, stop), setId, text, target, stop));
            }
            return posts.ConvertAll(p => p.Id);
        }, stop);
    }

    /// <summary>Keeps what is being written as a draft of one class, whatever is still missing.</summary>
    /// <exception cref="RuleBroken">Something typed cannot be kept: too long, or no web address.</exception>
    /// <returns>The draft; none when nothing is written, and one that was emptied is gone.</returns>
    public Task<int?> KeepAsync(Viewer author, PostText text, PostTarget target, int? draftId, CancellationToken stop)
    {
        text = text.Made();
        return db.WriteAsync<int?>(async () =>
        {
            if (!author.Teaches.Contains(target.ClassId)) throw new RuleBroken("You can only post to classes you teach.", "Classes");
            var draft = await DraftAsync(author, draftId, target.ClassId, stop);
            if (text.IsEmpty)
            {
                if (draft is not null) await ThrowAwayAsync(draft, stop);
                return null;
            }
            var titled = text with { Title = string.IsNullOrWhiteSpace(text.Title) ? "No title yet" : text.Title };
            var addressed = target with { IsForAll = target.IsForAll || target.GroupIds.Count + target.PupilIds.Count == 0, Dates = target.Dates with { Goes = GoesOut.AsDraft } };
            return (await WriteAsync(author, draft, null, titled, addressed, stop)).Id;
        }, stop);
    }

    private async Task ThrowAwayAsync(Post draft, CancellationToken stop)
    {
        var files = draft.Files.ConvertAll(f => f.FileId);
        db.Posts.Remove(draft);
        await db.SaveChangesAsync(stop);
        await db.LetGoOfUnusedAsync(files, stop);
    }

    private async Task<Post> WriteAsync(Viewer author, Post? draft, string? setId, PostText text, PostTarget target, CancellationToken stop)
    {
        var post = draft?.Become(text.Kind, setId) ?? db.Posts.Add(new Post(target.ClassId, text.Kind, author.PersonId, setId, clock.Now)).Entity;
        await FillAsync(post, text, author, stop);
        await AddressAsync(post, target, stop);
        await db.SaveChangesAsync(stop);                           // the task shares the post's key
        Schedule(post, draft is null ? null : await db.Tasks.SingleOrDefaultAsync(t => t.Id == draft.Id, stop), text, target.Dates);
        await db.SaveChangesAsync(stop);
        return post;
    }

    /// <summary>The author's own draft in this class; none when it went out, into the bin or elsewhere meanwhile.</summary>
    private async Task<Post?> DraftAsync(Viewer author, int? draftId, int classId, CancellationToken stop) => draftId is null ? null
        : await WholeAsync(p => p.Id == draftId && p.ClassId == classId && p.AuthorId == author.PersonId && p.PublishAt == null && p.BinnedAt == null).SingleOrDefaultAsync(stop);

    /// <summary>Edits one post, or with <paramref name="wholeSet"/> the words and files of all that went out with it; readers and dates are each class's own.</summary>
    /// <param name="seenVersion">The version the editor was looking at.</param>
    /// <exception cref="DbUpdateConcurrencyException">A co-teacher changed it meanwhile.</exception>
    /// <returns>The version now.</returns>
    public Task<int> EditAsync(Viewer editor, int postId, int seenVersion, bool wholeSet, PostText text, PostTarget target, CancellationToken stop)
    {
        text = text.Made();
        return db.WriteAsync(async () =>
        {
            var post = await WholeAsync(p => p.Id == postId).SingleAsync(stop);
            if (post.Version != seenVersion) throw new RuleBroken("A co-teacher changed this post while you were writing. Your words are still here; open the post in another tab to compare, then save again.", "Version");
            await FillAsync(post, text, editor, stop);
            await AddressAsync(post, target, stop);
            Schedule(post, await db.Tasks.SingleOrDefaultAsync(t => t.Id == postId, stop), text, target.Dates);
            if (wholeSet && post.SetId is { } set)
                foreach (var twin in await WholeAsync(p => p.SetId == set && p.Id != postId && p.BinnedAt == null && editor.Teaches.Contains(p.ClassId)).ToListAsync(stop))
                {
                    await FillAsync(twin, text, editor, stop);
                    if (await db.Tasks.SingleOrDefaultAsync(t => t.Id == twin.Id, stop) is { } twinTask) Ask(twinTask, text);
                }
            await db.SaveChangesAsync(stop);
            await db.LetGoOfUnusedAsync(db.ChangeTracker.Entries<StoredFile>().Select(e => e.Entity.Id).ToList(), stop);
            return post.Version;
        }, stop);
    }

    /// <summary>Shows a draft or scheduled post at once.</summary>
    public Task PublishNowAsync(int postId, CancellationToken stop) => db.WriteAsync(async () =>
    {
        var post = await db.Posts.SingleAsync(p => p.Id == postId, stop);
        if (post.PublishAt <= clock.Now) return;
        var task = await db.Tasks.SingleOrDefaultAsync(t => t.Id == postId, stop);
        if (task?.DueAt.Over() <= clock.Now) throw new RuleBroken("Its deadline has passed. Edit the dates first.");
        post.Publish(clock.Now, null, clock.Now);
        task?.Schedule(task.DueAt, task.DueTyped, task.CloseAt, task.CloseTyped, clock.Now);
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>The same words, files and links in another class of the author, or the same: as a draft, or with dates of its own. In the same class it is for the same pupils; elsewhere for everybody.</summary>
    public Task<int> CopyAsync(Viewer author, int postId, int toClassId, CancellationToken stop, PostDates? dates = null) => db.WriteAsync(async () =>
    {
        if (!author.Teaches.Contains(toClassId)) throw new RuleBroken("You can only copy to classes you teach.", "ClassId");
        var source = await WholeAsync(p => p.Id == postId).AsNoTracking().SingleAsync(stop);
        var asked = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == postId, stop);
        var text = new PostText(source.Kind, source.Title, source.Body, source.Topic, source.EstimatedMinutes, [.. source.Files.OrderBy(f => f.Place).Select(f => f.FileId)],
            [.. source.Links.OrderBy(l => l.Place).Select(l => (l.Url, (string?)l.Title))], asked?.Ways ?? HandInWays.OnPaper, asked?.MostPoints)
        {
            Grace = asked?.Grace ?? OfflineGrace.NextMorning,
            Rules = source.Rules,
            Formulae = source.Formulae,
        };
        var isForAll = source.IsForAll || toClassId != source.ClassId;
        var target = new PostTarget(toClassId, isForAll, [.. source.Groups.Select(g => g.GroupId)], [.. source.Readers.Select(r => r.PersonId)], dates ?? new(GoesOut.AsDraft, null, null, TakesLate: true, null));
        return (await WriteAsync(author, null, null, text, target, stop)).Id;
    }, stop);

    private IQueryable<Post> WholeAsync(System.Linq.Expressions.Expression<Func<Post, bool>> which) =>
        db.Posts.Where(which).Include(p => p.Files).ThenInclude(f => f.File).Include(p => p.Links).Include(p => p.Readers).Include(p => p.Groups).AsSplitQuery();

    private async Task FillAsync(Post post, PostText text, Viewer author, CancellationToken stop)
    {
        var (title, body, rules, formulae) = (post.Title, post.Body, post.Rules, post.Formulae);
        post.Write(text.Title, text.Body, text.Topic, text.Minutes, clock.Now, text.Rules, text.Formulae);
        if (post.Kind == PostKind.Task && post.IsVisibleAt(clock.Now) && (post.Title, post.Body) != (title, body))
            db.TaskWordings.Add(new TaskWording(post.Id, title, body, clock.Now) { Rules = rules, Formulae = formulae });
        if (post.Id > 0) await db.MoveTicksAsync(post.Id, TaskSteps.Of(body, rules), TaskSteps.Of(post.Body, post.Rules), stop);
        if (text.FileIds.Count > limits.FilesAPost) throw new RuleBroken($"At most {limits.FilesAPost} files go with one post.", "Files");
        if (text.Links.Count > PostLink.Most) throw new RuleBroken($"At most {PostLink.Most} links go with one post.", "Links");
        post.Link(text.Links);

        // A file may be attached by who brought it, or passed on from a post of a class they teach.
        var ids = text.FileIds;
        var files = await db.Files.AttachableBy(author, db).Where(f => ids.Contains(f.Id)).ToListAsync(stop);
        if (files.Count != ids.Distinct().Count()) throw new RuleBroken("One of the files is not there any more. Choose it again.", "Files");
        post.Attach(ids.Distinct().Select(id => files.Single(f => f.Id == id)), clock.Now);
    }

    private async Task AddressAsync(Post post, PostTarget target, CancellationToken stop)
    {
        var (classId, groups, pupils) = (post.ClassId, target.GroupIds, target.PupilIds);
        var knownGroups = target.IsForAll ? [] : await db.PupilGroups.Where(g => g.ClassId == classId && groups.Contains(g.Id)).Select(g => g.Id).ToListAsync(stop);
        var knownPupils = target.IsForAll ? [] : await db.Memberships.Where(m => m.ClassId == classId && !m.IsTeacher && pupils.Contains(m.PersonId)).Select(m => m.PersonId).ToListAsync(stop);
        post.Address(target.IsForAll, knownGroups, knownPupils);
    }

    private static void Ask(ClassTask task, PostText text)
    {
        task.Ask(text.Ways, text.MostPoints);
        task.Allow(text.Grace);
    }

    private void Schedule(Post post, ClassTask? task, PostText text, PostDates dates)
    {
        switch (dates.Goes)
        {
            case GoesOut.AsDraft: post.Draft(); break;
            case GoesOut.Now: post.Publish(post.PublishAt <= clock.Now ? post.PublishAt.Value : clock.Now, null, clock.Now); break;
            case GoesOut.Later when dates.At is { } at: post.Publish(clock.VisibleFrom(at), SchoolClock.Written(at), clock.Now); break;
            default: throw new RuleBroken("Choose the day and time when it goes out.", "At");
        }
        if (post.Kind != PostKind.Task)
        {
            if (task is not null) db.Tasks.Remove(task);
            return;
        }

        task ??= db.Tasks.Add(new ClassTask(post)).Entity;
        Ask(task, text);
        if (dates.Due is null && (!dates.TakesLate || dates.LateUntil is not null)) throw new RuleBroken("Say until when it is to be handed in.", "Due");
        var due = dates.Due is { } typed ? clock.Deadline(typed) : (DateTimeOffset?)null;
        var close = !dates.TakesLate ? due : dates.LateUntil is { } late ? clock.Deadline(late) : null;
        var closeTyped = dates.TakesLate ? dates.LateUntil : dates.Due;
        task.Schedule(due, dates.Due is { } d ? SchoolClock.Written(d) : null, close, closeTyped is { } c ? SchoolClock.Written(c) : null, clock.Now);
    }
}
