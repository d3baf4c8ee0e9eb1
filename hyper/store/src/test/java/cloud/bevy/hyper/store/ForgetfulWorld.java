package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A world whose disk does not do what it is told: a planted bug, which the simulator has to find.
///
/// @param files whether files are not synced
/// @param folders whether folders are not synced
record ForgetfulWorld(World world, boolean files, boolean folders) implements World {
  @Override
  public Time time() {
    return world.time();
  }

  @Override
  public Chance chance() {
    return world.chance();
  }

  @Override
  public Tasks tasks() {
    return world.tasks();
  }

  @Override
  public Network network() {
    return world.network();
  }

  @Override
  public Log log() {
    return world.log();
  }

  @Override
  public Disk disk() {
    return new ForgetfulDisk(world.disk(), files, folders);
  }

  private record ForgetfulDisk(Disk disk, boolean files, boolean folders) implements Disk {
    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
      DiskFile file = disk.open(path, mode);
      return files ? new ForgetfulFile(file) : file;
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      if (!folders) {
        disk.syncDirectory(directory);
      }
    }

    @Override
    public boolean exists(Path path) {
      return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
      return disk.isDirectory(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
      return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
      disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
      disk.delete(path);
    }

    @Override
    public long freeSpace(Path path) throws IOException {
      return disk.freeSpace(path);
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) throws IOException {
      return disk.tryLock(path);
    }
  }

  private record ForgetfulFile(DiskFile file) implements DiskFile {
    @Override
    public void sync() {}

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      file.write(from, position);
    }

    @Override
    public void write(ByteBuffer[] from, long position) throws IOException {
      file.write(from, position);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
      return file.transferTo(position, count, to);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
