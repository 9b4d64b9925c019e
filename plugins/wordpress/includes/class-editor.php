<?php
/**
 * The panels in the block editor.
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

/**
 * Loads the panels' script and style.
 */
final class Editor {

	const HANDLE = 'quote-attribution';
	const NEEDS  = array(
		'wp-annotations',
		'wp-api-fetch',
		'wp-autop',
		'wp-block-editor',
		'wp-blocks',
		'wp-components',
		'wp-data',
		'wp-edit-post',
		'wp-element',
		'wp-escape-html',
		'wp-i18n',
		'wp-plugins',
		'wp-rich-text',
	);

	/** Hook into the editor. */
	public static function register() {
		add_action( 'enqueue_block_editor_assets', array( self::class, 'add_script' ) );
		add_action( 'enqueue_block_assets', array( self::class, 'add_style' ) );
		add_filter( 'script_loader_tag', array( self::class, 'as_module' ), 10, 2 );
	}

	/** Add the script, on the pages where posts are edited. */
	public static function add_script() {
		if ( 'post' !== get_current_screen()->base ) {
			return;
		}
		wp_enqueue_script( self::HANDLE, plugins_url( 'js/sidebar.js', FILE ), self::NEEDS, VERSION, true );
		wp_set_script_translations( self::HANDLE, 'quote-attribution', plugin_dir_path( FILE ) . 'languages' );
		wp_localize_script( self::HANDLE, 'quoteAttribution', array( 'base' => untrailingslashit( rest_url( 'quote-attribution' ) ) ) );
	}

	/** Add the style of the highlights, which the editing canvas needs too: in newer versions it is a frame of its own. */
	public static function add_style() {
		if ( is_admin() ) {
			wp_enqueue_style( self::HANDLE, plugins_url( 'css/editor.css', FILE ), array(), VERSION );
		}
	}

	/**
	 * Make the script a module: WordPress 6.1 cannot say so when it is added. Needs no build step.
	 *
	 * @param string $tag    The element, translations before it included.
	 * @param string $handle The script's handle.
	 */
	public static function as_module( $tag, $handle ) {
		if ( self::HANDLE !== $handle ) {
			return $tag;
		}
		$typed = preg_replace( '/ type=([\'"])text\/javascript\1(?=[^>]* src=)/', '', $tag );
		return preg_replace( '/<script (?=[^>]*\bsrc=)/', '<script type="module" ', $typed );
	}
}
