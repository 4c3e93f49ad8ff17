/** What a component stands on in every page: the theme and its sizes. */
import '@/app/globals.css';
