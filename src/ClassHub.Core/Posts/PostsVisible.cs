using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Posts;

public static class PostsVisible
{
    /// <summary>The one door to posts for reading: what this person can see at this moment, and nothing else. The office sees what is published.</summary>
    public static IQueryable<Post> VisibleTo(this IQueryable<Post> posts, Viewer viewer, ClassHubDb db) => posts.MeantFor(viewer, db).Where(p => p.BinnedAt == null);

    /// <summary>The same with what lies in the bin: for telling that it is gone, never for reading it.</summary>
    public static IQueryable<Post> MeantFor(this IQueryable<Post> posts, Viewer viewer, ClassHubDb db)
    {
        int[] teaches = viewer.Teaches, learns = viewer.Learns;
        var (readers, isOffice, now) = (viewer.SeesFor, viewer.IsOffice, viewer.Now);
        return posts.Where(p => teaches.Contains(p.ClassId)
            || (isOffice && p.PublishAt <= now)
            || (learns.Contains(p.ClassId) && p.PublishAt <= now                       // a draft has no PublishAt
                && (p.IsForAll || p.Readers.Any(r => readers.Contains(r.PersonId))
                    || p.Groups.Any(g => db.PupilGroupMembers.Any(m => m.GroupId == g.GroupId && readers.Contains(m.PersonId))))));
    }

    /// <summary>Files that this teacher may attach: their own, and those of posts in their classes.</summary>
    public static IQueryable<StoredFile> AttachableBy(this IQueryable<StoredFile> files, Viewer teacher, ClassHubDb db)
    {
        var (me, teaches) = (teacher.PersonId, teacher.Teaches);
        return files.Where(f => f.OwnerId == me || db.PostFiles.Any(a => a.FileId == f.Id && db.Posts.Any(p => p.Id == a.PostId && teaches.Contains(p.ClassId))));
    }

    /// <summary>The pupils of the class whom this post is for, leaving out those whose account is switched off.</summary>
    public static IQueryable<int> AudienceOf(this ClassHubDb db, int postId) => db.AudiencesOf(db.Posts.Where(p => p.Id == postId)).Select(a => a.PersonId);

    /// <summary>The same for many posts: a row for each post and pupil.</summary>
    public static IQueryable<Audience> AudiencesOf(this ClassHubDb db, IQueryable<Post> posts) =>
        from post in posts
        from member in db.Memberships
        where member.ClassId == post.ClassId && !member.IsTeacher && member.Person.DisabledAt == null
            && (post.IsForAll || post.Readers.Any(r => r.PersonId == member.PersonId)
                || post.Groups.Any(g => db.PupilGroupMembers.Any(m => m.GroupId == g.GroupId && m.PersonId == member.PersonId)))
        select new Audience { PostId = post.Id, PersonId = member.PersonId };
}

/// <summary>One pupil whom a post is for.</summary>
public sealed class Audience
{
    public int PostId { get; init; }
    public int PersonId { get; init; }
}
