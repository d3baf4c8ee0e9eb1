package cloud.bevy.testing.simulator;

/// What a name on a disk stands for.
sealed interface DiskNode permits FileNode, FolderNode, LinkNode {}
