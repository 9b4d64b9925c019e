<?php
/**
 * What happens when a post is published: its quotations are found in the background and described in its page.
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

/**
 * Saving only notes down that there is something to read, so the service can neither slow it nor stop it.
 */
final class Publication {

	const HOOK     = 'quote_attribution_read';
	const META     = '_quote_attribution';
	const ATTEMPTS = 5;
	const PAUSE    = 60;

	/** Hook into saving, the scheduler and the page. */
	public static function register() {
		add_action( 'wp_after_insert_post', array( self::class, 'note' ), 10, 2 );
		add_action( self::HOOK, array( self::class, 'read' ), 10, 2 );
		add_action( 'wp_head', array( self::class, 'print_jsonld' ) );
	}

	/**
	 * Have a published post read soon, unless what stands in it was read before.
	 *
	 * @param int      $post_id The post.
	 * @param \WP_Post $post    The same.
	 */
	public static function note( $post_id, $post ) {
		if ( wp_is_post_revision( $post_id ) || wp_is_post_autosave( $post_id ) || ! self::concerns( $post ) ) {
			return;
		}
		if ( self::stored( $post ) === null ) {
			self::schedule( $post_id, 1, 0 );
		}
	}

	/**
	 * Ask the service about a post and store the answer with it; where that fails, try again later, longer and longer.
	 *
	 * @param int $post_id The post.
	 * @param int $attempt Which attempt it is, from 1.
	 */
	public static function read( $post_id, $attempt = 1 ) {
		$post = get_post( $post_id );
		if ( ! $post || ! self::concerns( $post ) || self::stored( $post ) !== null ) {
			return;
		}
		$answer = Service::ask( self::article( $post ), 'application/ld+json' );
		if ( 200 === $answer['status'] ) {
			self::store( $post, $answer['body'] );
		} elseif ( $attempt < self::ATTEMPTS && ( $answer['status'] >= 500 || 429 === $answer['status'] ) ) {
			self::schedule( $post_id, $attempt + 1, $answer['retry_after'] ?? self::PAUSE * 2 ** ( $attempt - 1 ) );
		}
	}

	/** Describe the quotations of the post that is shown, if the description is of the very text that is shown. */
	public static function print_jsonld() {
		$post = is_singular() ? get_queried_object() : null;
		if ( ! $post instanceof \WP_Post || ! self::concerns( $post ) || post_password_required( $post ) ) {
			return;
		}
		$jsonld = self::stored( $post );
		if ( null !== $jsonld ) {
			// Encoded here, so that nothing in it can end the element, whoever wrote it.
			$safe = wp_json_encode( json_decode( $jsonld ), JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
			echo '<script type="application/ld+json">' . $safe . "</script>\n"; // phpcs:ignore WordPress.Security.EscapeOutput, WordPress.XSS.EscapeOutput
		}
	}

	/**
	 * Tell whether a post is one whose quotations the world may know of.
	 *
	 * @param \WP_Post $post The post.
	 */
	private static function concerns( \WP_Post $post ): bool {
		/**
		 * Filters the types of post that are read when they are published.
		 *
		 * @param string[] $types Names of post types.
		 */
		$types = apply_filters( 'quote_attribution_post_types', array( 'post' ) );
		return 'publish' === $post->post_status && in_array( $post->post_type, $types, true );
	}

	/**
	 * Return a post as an article for the service.
	 *
	 * @param \WP_Post $post The post.
	 */
	private static function article( \WP_Post $post ): array {
		$content = strip_shortcodes( $post->post_content );
		return array(
			'id'      => (string) $post->ID,
			'url'     => get_permalink( $post ),
			// Without blocks a blank line is a paragraph, which HTML does not know.
			'html'    => has_blocks( $content ) ? $content : wpautop( $content ),
			'options' => array( 'include_text' => false ),
		);
	}

	/**
	 * Return the description that is stored of a post's present content, as JSON; null if there is none.
	 *
	 * @param \WP_Post $post The post.
	 */
	private static function stored( \WP_Post $post ): ?string {
		$meta = get_post_meta( $post->ID, self::META, true );
		return is_array( $meta ) && ( $meta['content_hash'] ?? '' ) === self::content_hash( $post ) ? $meta['jsonld'] : null;
	}

	/**
	 * Store the description of a post with the hash of the content that it describes.
	 *
	 * @param \WP_Post $post   The post as it was sent.
	 * @param object   $jsonld The description.
	 */
	private static function store( \WP_Post $post, $jsonld ) {
		$meta = array(
			'content_hash' => self::content_hash( $post ),
			'jsonld'       => wp_json_encode( $jsonld ),
		);
		// WordPress takes slashes away from what it is given.
		update_post_meta( $post->ID, self::META, wp_slash( $meta ) );
	}

	/**
	 * Return what tells one content from another; the address stands in the description, too.
	 *
	 * @param \WP_Post $post The post.
	 */
	private static function content_hash( \WP_Post $post ): string {
		return hash( 'sha256', get_permalink( $post ) . "\n" . $post->post_content );
	}

	/**
	 * Schedule an attempt, with Action Scheduler where a site has it.
	 *
	 * @param int $post_id The post.
	 * @param int $attempt Which attempt it is.
	 * @param int $delay   Seconds from now.
	 */
	private static function schedule( int $post_id, int $attempt, int $delay ) {
		$arguments = array( $post_id, $attempt );
		if ( function_exists( 'as_enqueue_async_action' ) && 0 === $delay ) {
			as_enqueue_async_action( self::HOOK, $arguments, 'quote-attribution' );
		} elseif ( function_exists( 'as_schedule_single_action' ) ) {
			as_schedule_single_action( time() + $delay, self::HOOK, $arguments, 'quote-attribution' );
		} elseif ( ! wp_next_scheduled( self::HOOK, $arguments ) ) {
			wp_schedule_single_event( time() + $delay, self::HOOK, $arguments );
		}
	}
}
