@NullMarked
package cloud.bevy.hyper.core;

import org.jspecify.annotations.NullMarked;
