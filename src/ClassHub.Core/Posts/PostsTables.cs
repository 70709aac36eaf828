using ClassHub.Classes;
using ClassHub.Media;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Posts;

internal sealed class PostsTable : IEntityTypeConfiguration<Post>
{
    public void Configure(EntityTypeBuilder<Post> post)
    {
        post.Property(p => p.Title).HasMaxLength(Post.LongestTitle);
        post.Property(p => p.Topic).HasMaxLength(Post.LongestTopic);
        // Posts from before there were others.
        post.Property(p => p.Rules).HasDefaultValue(WritingRules.First);
        post.Property(p => p.SetId).HasMaxLength(32);
        post.Property(p => p.SeriesId).HasMaxLength(32);
        post.Property(p => p.PublishTyped).HasMaxLength(16);
        post.Property(p => p.Version).IsConcurrencyToken();
        post.HasOne(p => p.Class).WithMany().HasForeignKey(p => p.ClassId);
        post.HasOne(p => p.Author).WithMany().HasForeignKey(p => p.AuthorId).OnDelete(DeleteBehavior.Restrict);
        post.HasMany(p => p.Readers).WithOne().HasForeignKey(r => r.PostId);
        post.HasMany(p => p.Groups).WithOne().HasForeignKey(g => g.PostId);
        post.HasMany(p => p.Files).WithOne().HasForeignKey(f => f.PostId);
        post.HasMany(p => p.Links).WithOne().HasForeignKey(l => l.PostId);
        // The stream of a class, newest first, paged by key.
        post.HasIndex(p => new { p.ClassId, p.PublishAt, p.Id }).HasFilter("\"BinnedAt\" IS NULL");
        post.HasIndex(p => new { p.ClassId, p.PinnedAt }).HasFilter("\"PinnedAt\" IS NOT NULL");
        post.HasIndex(p => p.PublishAt).HasFilter("\"AnnouncedAt\" IS NULL AND \"BinnedAt\" IS NULL").HasDatabaseName("IX_Posts_ToAnnounce");
        post.HasIndex(p => p.BinnedAt).HasFilter("\"BinnedAt\" IS NOT NULL");
        post.HasIndex(p => p.Id).HasFilter("\"Words\" IS NULL").HasDatabaseName("IX_Posts_WithoutWords");
        post.HasIndex(p => p.SetId);
        post.HasIndex(p => p.SeriesId).HasFilter("\"SeriesId\" IS NOT NULL");
    }
}

internal sealed class PostReadersTable : IEntityTypeConfiguration<PostReader>
{
    public void Configure(EntityTypeBuilder<PostReader> reader)
    {
        reader.ToTable("PostReaders").HasKey(r => new { r.PostId, r.PersonId });
        reader.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
    }
}

internal sealed class PostGroupsTable : IEntityTypeConfiguration<PostGroup>
{
    public void Configure(EntityTypeBuilder<PostGroup> group)
    {
        group.ToTable("PostGroups").HasKey(g => new { g.PostId, g.GroupId });
        group.HasOne<PupilGroup>().WithMany().HasForeignKey(g => g.GroupId);
    }
}

internal sealed class PostFilesTable : IEntityTypeConfiguration<PostFile>
{
    public void Configure(EntityTypeBuilder<PostFile> file)
    {
        file.HasKey(f => new { f.PostId, f.FileId });
        file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PostLinksTable : IEntityTypeConfiguration<PostLink>
{
    public void Configure(EntityTypeBuilder<PostLink> link)
    {
        link.ToTable("PostLinks");
        link.Property(l => l.Url).HasMaxLength(1000);
        link.Property(l => l.Title).HasMaxLength(120);
    }
}
